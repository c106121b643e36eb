# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""Operations of one tag of the contract."""
