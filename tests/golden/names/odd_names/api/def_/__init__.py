# `python -m generator build` makes this from names.yaml.
"""Operations of one tag of the contract."""
