# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Methods, by what they work on."""
