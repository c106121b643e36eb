# Built by `python -m generator build` from places.yaml: edits are lost.
"""What each call sends and reads."""
