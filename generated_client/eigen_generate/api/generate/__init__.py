# By `python -m generator build`.
"""Operations of one tag of the contract."""
