# `python -m generator build` makes this from sdk.yaml.
"""Operations of one tag of the contract."""
