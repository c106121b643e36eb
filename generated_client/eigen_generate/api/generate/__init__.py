# `python -m generator build` makes this from openapi.yaml.
"""Operations of one tag of the contract."""
