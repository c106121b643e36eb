# Built by `python -m generator build` from pets.yaml: edits are lost.
"""Kind, a choice of the contract."""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["cat", "dog", "guinea pig"]
