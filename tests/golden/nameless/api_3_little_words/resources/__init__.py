# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""Methods, by what they work on."""
