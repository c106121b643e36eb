# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""What each call sends and reads."""
