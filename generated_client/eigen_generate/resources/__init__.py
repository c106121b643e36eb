# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Methods, by what they work on."""
