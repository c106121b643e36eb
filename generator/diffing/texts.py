"""Words beside a construct: summaries, descriptions, and whatever else changes no call."""

from typing import Any

from ..spec import escape
from .recorder import Recorder, where


def record_text(recorder: Recorder, tiers: Any, old: str, new: str, key: str, said: tuple[Any, Any]) -> None:
    """Record that a text beside a construct is another."""
    before, after = said
    if before != after:
        side = after is not None
        at = where(f"{new if side else old}/{escape(key)}", new=side)
        recorder.record("text-changed", tiers, before=before, after=after, **at)
