# Built by `python -m generator build` from security.yaml: edits are lost.
"""What each call sends and reads."""
