# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""What each call sends and reads."""
