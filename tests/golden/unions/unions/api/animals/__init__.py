# Built by `python -m generator build` from unions.yaml: edits are lost.
"""Operations of one tag of the contract."""
