# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""One function for each operation, over the models of the contract."""
