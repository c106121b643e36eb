# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""Methods, by what they work on."""
