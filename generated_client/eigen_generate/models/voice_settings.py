# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class VoiceSettings(OpenObject):
    """Settings of the voice.

    Attributes:
        speed: Pace of the speech; 1 is normal. If left out, the service takes 1.0. Evidence: docs.
    """

    speed: float | Unset = UNSET
