# Built by `python -m generator build` from security.yaml: edits are lost.
"""Models of the contract."""

from __future__ import annotations
