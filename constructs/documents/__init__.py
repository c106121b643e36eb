"""Documents of others: what becomes of every operation of a public OpenAPI document.

`python -m constructs --documents` fetches the documents that `documents.toml` lists from their packages, lets
two generators build a client of each, calls every operation once (`trial`), lets openapi-core judge what was
sent (`wire_judge`), and writes docs/documents.md (`page`). `run` is the list of these steps.
"""
