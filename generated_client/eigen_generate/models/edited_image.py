# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class EditedImage(OpenObject):
    """How `eigen-image` answers an edit.

    Attributes:
        edited_image_base64: The picture, as bare base64. Evidence: observed.
    """

    edited_image_base64: str
