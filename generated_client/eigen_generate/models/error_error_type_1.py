# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ErrorErrorType1(OpenObject):
    """ErrorErrorType1.

    Attributes:
        message: What is wrong. Evidence: assumed.
        code: A short name of the fault. Evidence: assumed.
        field: The member of the request that is at fault. Evidence: assumed.
    """

    message: str
    code: str | float | Unset = UNSET
    field: str | Unset = UNSET
