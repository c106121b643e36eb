# Built by `python -m generator build` from pets.yaml: edits are lost.
"""What each call sends and reads."""
