# `python -m generator build` makes this from places.yaml.
"""Operations of one tag of the contract."""
