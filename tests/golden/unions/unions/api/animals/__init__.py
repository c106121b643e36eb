# `python -m generator build` makes this from unions.yaml.
"""Operations of one tag of the contract."""
