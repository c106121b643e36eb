# Built by `python -m generator build` from places.yaml: edits are lost.
"""Operations of one tag of the contract."""
