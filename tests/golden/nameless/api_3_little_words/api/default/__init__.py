# Built by `python -m generator build` from nameless.yaml: edits are lost.
"""Operations of one tag of the contract."""
