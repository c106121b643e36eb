# Built by `python -m generator build` from places.yaml: edits are lost.
"""Methods, by what they work on."""
