# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""Operations of one tag of the contract."""
