# `python -m generator build` makes this from pets.yaml.
"""Operations of one tag of the contract."""
