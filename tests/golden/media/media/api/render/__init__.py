# `python -m generator build` makes this from media.yaml.
"""Operations of one tag of the contract."""
