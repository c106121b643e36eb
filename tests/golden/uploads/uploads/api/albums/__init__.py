# `python -m generator build` makes this from uploads.yaml.
"""Operations of one tag of the contract."""
