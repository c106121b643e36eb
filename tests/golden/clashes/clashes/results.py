# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""What methods return."""
