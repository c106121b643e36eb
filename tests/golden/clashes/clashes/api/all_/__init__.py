# `python -m generator build` makes this from clashes.yaml.
"""Operations of one tag of the contract."""
