# `python -m generator build` wrote this.
"""Models of the contract."""

from __future__ import annotations
