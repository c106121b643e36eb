# `python -m generator build` makes this from nameless.yaml.
"""Operations of one tag of the contract."""
