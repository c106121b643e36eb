# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""Methods, by what they work on."""
