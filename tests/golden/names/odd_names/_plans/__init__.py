# Built by `python -m generator build` from names.yaml: edits are lost.
"""What each call sends and reads."""
