# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""What methods return."""
