# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Operations of one tag of the contract."""
