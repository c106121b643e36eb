# Built by `python -m generator build` from unions.yaml: edits are lost.
"""What methods return."""
