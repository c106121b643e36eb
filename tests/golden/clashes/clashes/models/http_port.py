# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""HTTPPort, a choice of the contract."""

from typing import Literal, TypeAlias

HTTPPort: TypeAlias = Literal[80, 443]
