# Built by `python -m generator build` from pets.yaml: edits are lost.
"""Operations of one tag of the contract."""
