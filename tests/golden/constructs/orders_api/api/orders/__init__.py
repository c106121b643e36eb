# `python -m generator build` makes this from constructs.yaml.
"""Operations of one tag of the contract."""
