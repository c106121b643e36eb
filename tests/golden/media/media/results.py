# Built by `python -m generator build` from media.yaml: edits are lost.
"""What methods return."""
