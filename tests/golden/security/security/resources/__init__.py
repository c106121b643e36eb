# Built by `python -m generator build` from security.yaml: edits are lost.
"""Methods, by what they work on."""
