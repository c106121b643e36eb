# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""HttpPort2, a choice of the contract."""

from typing import Literal, TypeAlias

HttpPort2: TypeAlias = Literal[8080]
