# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._runtime.objects import UNSET, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.error_detail_type_1 import ErrorDetailType1
    from ..models.error_error_type_1 import ErrorErrorType1


@define
class Error(OpenObject):
    """No error body was ever published. What is assumed here: an object that says what is wrong under
    at least one of three common names. A client survives anything else as well, HTML and nothing
    included.

    At least one of these is needed: `message`, `error`, `detail`.

    Attributes:
        message: What is wrong. Evidence: assumed.
        error: What is wrong, as text or as an object with a message. Evidence: assumed.
        detail: What is wrong, as text, an object or a list. Evidence: assumed.
    """

    message: str | Unset = UNSET
    error: str | ErrorErrorType1 | Unset = UNSET
    detail: str | ErrorDetailType1 | list[Any] | Unset = UNSET
