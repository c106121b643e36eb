# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""What methods return."""
