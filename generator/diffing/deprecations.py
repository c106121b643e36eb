"""Compares what two documents say of a deprecation: whether, since when, and what replaces it."""

from typing import Any

from ..loading.json_data import object_or_empty
from .python_names import NameTiers
from .recorder import Recorder

_KEYS = ("since", "replacement", "note")


def deprecation_of(data: dict[str, Any]) -> Any:
    """Return what `x-sdk.deprecated` says of something deprecated; true if nothing, None if it is not."""
    if not data.get("deprecated"):
        return None
    return object_or_empty(data.get("x-sdk")).get("deprecated") or True


def explain_x_sdk_deprecation(recorder: Recorder, *x_sdk_pointers: str) -> None:
    """Mark the deprecation in each `x-sdk` as compared, so that it is not reported once more."""
    for pointer in x_sdk_pointers:
        place = f"{pointer}/deprecated"
        recorder.explained_pointers |= {place, *(f"{place}/{key}" for key in _KEYS)}


def record_deprecation(
    recorder: Recorder, kind_prefix: str, name_tiers: NameTiers, pointer: str, before: Any, after: Any
) -> None:
    """Record that something became deprecated, is no longer, or that callers are told something else.

    Args:
        recorder: Takes the change.
        kind_prefix: The kind of change is this followed by `deprecated` or `no-longer-deprecated`.
        name_tiers: Candidates for the Python names.
        pointer: Where it stands in the new document.
        before: What `deprecation_of` returns for the old document.
        after: The same for the new document.
    """
    if before == after:
        return
    if before is not None and after is not None:
        kind = "text-changed"
    else:
        kind = f"{kind_prefix}{'deprecated' if before is None else 'no-longer-deprecated'}"
    recorder.record(kind, name_tiers, new_pointer=pointer, before=before, after=after)
