# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""What each call sends and reads."""
