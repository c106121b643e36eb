# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations
