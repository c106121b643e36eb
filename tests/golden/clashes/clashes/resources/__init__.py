# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""Methods, by what they work on."""
