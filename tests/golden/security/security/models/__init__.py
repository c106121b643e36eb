# Made from security.yaml by `generator build`.
"""Models of the contract."""

from __future__ import annotations
