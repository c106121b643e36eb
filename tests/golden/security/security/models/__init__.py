# Built by `python -m generator build` from security.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations

__all__: list[str] = [  # noqa: RUF022
]
