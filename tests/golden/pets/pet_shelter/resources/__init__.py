# Built by `python -m generator build` from pets.yaml: edits are lost.
"""Methods, by what they work on."""
