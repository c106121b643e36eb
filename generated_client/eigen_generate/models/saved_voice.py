# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class SavedVoice(OpenObject):
    """A voice that can be used from now on.

    Attributes:
        voice_id: The id to send as `voice_id`. Evidence: docs.
    """

    voice_id: str
