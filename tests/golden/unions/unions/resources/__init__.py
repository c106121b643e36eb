# Built by `python -m generator build` from unions.yaml: edits are lost.
"""Methods, by what they work on."""
