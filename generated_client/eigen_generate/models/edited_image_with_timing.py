# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class EditedImageWithTiming(OpenObject):
    """How `qwen-image-edit-2511` answers an edit.

    Attributes:
        image_base64: The picture, as bare base64. Evidence: observed.
        use_lightning: Whether the fast path made it. Evidence: observed.
        processing_time_seconds: How long it took, in seconds. Evidence: observed.
    """

    image_base64: str
    use_lightning: bool | Unset = UNSET
    processing_time_seconds: float | Unset = UNSET
