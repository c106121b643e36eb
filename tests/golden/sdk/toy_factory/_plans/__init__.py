# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""What each call sends and reads."""
