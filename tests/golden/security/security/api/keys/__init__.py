# Built by `python -m generator build` from security.yaml: edits are lost.
"""Operations of one tag of the contract."""
