"""Faults in the server: rewritten requests and answers of the reference, or a wrong contract."""
