# Made from places.yaml by `generator build`.
"""Operations of one tag of the contract."""
