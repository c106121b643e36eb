"""Operations of one tag of the contract."""
