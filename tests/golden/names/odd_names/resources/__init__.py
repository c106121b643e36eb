# Built by `python -m generator build` from names.yaml: edits are lost.
"""Methods, by what they work on."""
