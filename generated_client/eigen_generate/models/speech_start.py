# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define
from .._runtime.objects import field as _field


@define
class SpeechStart(OpenObject):
    """Comes first, with the price.

    Attributes:
        type_: Says that this is the start. Evidence: observed.
        credits_charged: Credits that this request costs. Evidence: observed.
        credits_remaining: Credits that are left. Evidence: observed.
        estimated_minutes: Expected length of the audio in minutes. Evidence: observed.
    """

    type_: Literal["start"] = _field(metadata={"name": "type"})
    credits_charged: float | Unset = _field(default=UNSET, metadata={"name": "creditsCharged"})
    credits_remaining: float | Unset = _field(default=UNSET, metadata={"name": "creditsRemaining"})
    estimated_minutes: float | Unset = _field(default=UNSET, metadata={"name": "estimatedMinutes"})
