"""Judges a document before anything is made from it.

`lint` holds the list of all rules, in order: OpenAPI itself, references, keywords that no client can carry,
`x-sdk` and `x-evidence`. A rule takes a document and yields its faults, each at a JSON pointer. `pruning`
removes faulty parts, so that the rest can be built (`--keep-going`).
"""
