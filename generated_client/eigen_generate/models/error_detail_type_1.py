# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class ErrorDetailType1(OpenObject):
    """What is wrong, as text, an object or a list. Evidence: assumed."""
