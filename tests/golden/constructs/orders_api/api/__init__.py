# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""One function for each operation, over the models of the contract."""
