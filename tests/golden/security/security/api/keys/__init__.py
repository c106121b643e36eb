# `python -m generator build` makes this from security.yaml.
"""Operations of one tag of the contract."""
