# Built by `python -m generator build` from unions.yaml: edits are lost.
"""What each call sends and reads."""
