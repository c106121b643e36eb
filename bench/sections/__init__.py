"""One module a section of the report: `measure(effort)` gives its series, `NOTE` says how they come about."""
