# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""Operations of one tag of the contract."""
