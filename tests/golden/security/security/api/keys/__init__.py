# Made from security.yaml by `generator build`.
"""Operations of one tag of the contract."""
