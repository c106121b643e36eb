# `python -m generator build` makes this from blobs.yaml.
"""Operations of one tag of the contract."""
