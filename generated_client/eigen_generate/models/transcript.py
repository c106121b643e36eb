# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class Transcript(OpenObject):
    """How `whisper_v3_turbo` answers.

    Attributes:
        text: What was said. Evidence: observed.
    """

    text: str
