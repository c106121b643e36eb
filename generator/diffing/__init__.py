"""Compares two contracts, and the two clients built from them, as a caller of the SDK would.

`kinds` is the catalogue of what can change; `schemas` and `operations` read the contracts, `surface` the
built clients; `agreement` makes one list of both; `version` says what follows.
"""
