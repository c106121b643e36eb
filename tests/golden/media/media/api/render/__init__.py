# Built by `python -m generator build` from media.yaml: edits are lost.
"""Operations of one tag of the contract."""
