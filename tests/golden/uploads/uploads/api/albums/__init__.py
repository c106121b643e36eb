# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""Operations of one tag of the contract."""
