# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Operations of one tag of the contract."""
