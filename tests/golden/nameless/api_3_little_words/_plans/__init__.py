# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""What each call sends and reads."""
