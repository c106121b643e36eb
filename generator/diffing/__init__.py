"""Compares two contracts, and the two clients built from them, as a caller of the SDK sees them.

`diff` is the entry point. `kinds` is the catalogue of what can change. `operations`, `schemas` and their
neighbours compare the contracts by rule; `client_surface` and `surface_changes` compare the built clients.
`merging` makes one list of both, `report` prints it, and `version` derives the next version number.
"""
