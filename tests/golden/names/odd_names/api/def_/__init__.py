# Built by `python -m generator build` from names.yaml: edits are lost.
"""Operations of one tag of the contract."""
