"""Records changes of texts, such as summaries and descriptions, which do not change any call."""

from typing import Any

from ..loading.json_data import escape
from .python_names import NameTiers
from .recorder import Recorder, locate_change
from .schema_nodes import LocatedObject


def record_text_change(
    recorder: Recorder, name_tiers: NameTiers, old: LocatedObject, new: LocatedObject, key: str
) -> None:
    """Record that the text under `key` of an object differs, if it does."""
    record_text_values(
        recorder, name_tiers, (old.pointer, new.pointer), key, old.data.get(key), new.data.get(key)
    )


def record_text_values(
    recorder: Recorder, name_tiers: NameTiers, pointers: tuple[str, str], key: str, before: Any, after: Any
) -> None:
    """Record that a text differs, if it does.

    `pointers` lead to the objects of the old and the new document that have the text under `key`.
    """
    if before == after:
        return
    old_pointer, new_pointer = pointers
    in_new = after is not None
    location = locate_change(f"{new_pointer if in_new else old_pointer}/{escape(key)}", in_new=in_new)
    recorder.record("text-changed", name_tiers, before=before, after=after, **location)
