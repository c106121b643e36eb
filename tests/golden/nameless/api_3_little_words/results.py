# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""What methods return."""
