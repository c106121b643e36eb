# `python -m generator build` makes this from security.yaml.
"""Models of the contract."""

from __future__ import annotations
