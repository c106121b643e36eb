# Made from openapi.yaml by `generator build`.
"""Operations of one tag of the contract."""
