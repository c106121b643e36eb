# `python -m generator build` wrote this.
"""Operations of one tag of the contract."""
