"""Compares a saved copy of the vendor's page with what the project has of it, and changes nothing.

`./dev -s page -- SAVED_PAGE` reads the page into tables and curl commands and says, row by row, what is new,
gone or different against `tests/page.toml` and `openapi.yaml`.
"""
