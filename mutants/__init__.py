"""Plants faults in server, client and spec, and measures which of them the suites notice."""
