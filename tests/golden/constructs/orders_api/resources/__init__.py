# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""Methods, by what they work on."""
