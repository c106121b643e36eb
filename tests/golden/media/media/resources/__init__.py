# Built by `python -m generator build` from media.yaml: edits are lost.
"""Methods, by what they work on."""
