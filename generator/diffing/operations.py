"""Compares the operations of two documents: which there are, what they are called, and each one's parts."""

from typing import Any

from attrs import frozen

from ..names import class_name
from ..spec import Document
from .bodies import compare_request_bodies
from .names import Operation, operations_of
from .nodes import components_below
from .parameters import compare_parameters
from .recorder import Recorder
from .responses import compare_responses
from .security import compare_security
from .texts import record_text

_TEXTS = ("summary", "description", "externalDocs", "x-evidence", "callbacks", "servers")


@frozen
class Pair:
    """An operation as it was and as it is."""

    old: Operation
    new: Operation


def compare_operations(recorder: Recorder) -> None:
    """Record what differs between the operations of both documents."""
    old = operations_of(recorder.old.document, recorder.old.sdk)
    new = operations_of(recorder.new.document, recorder.new.sdk)
    pairs = _pairs(old, new)
    for pair in pairs:
        _compare(recorder, pair)
    for one in old:
        if all(one.pointer != pair.old.pointer for pair in pairs):
            recorder.record(
                "operation-removed", (one.names,), old=one.pointer, covers=_below(recorder.old.document, one)
            )
    for one in new:
        if all(one.pointer != pair.new.pointer for pair in pairs):
            recorder.record(
                "operation-added", (one.names,), new=one.pointer, covers=_below(recorder.new.document, one)
            )


def _below(document: Document, given: Operation) -> set[str]:
    classes = {f"models.{class_name(name)}" for name in components_below(document, given.data)}
    return classes | {f"api.{given.raw.split('.')[1]}"}


def _pairs(old: list[Operation], new: list[Operation]) -> list[Pair]:
    """Operations of one id; else of one path and method."""
    by_id = {one.id: one for one in new}
    by_place = {one.pointer: one for one in new}
    ids = {one.id for one in old}
    found: list[Pair] = []
    for one in old:
        other = by_id.get(one.id) or by_place.get(one.pointer)
        if other is not None and (other.id == one.id or other.id not in ids):
            found.append(Pair(one, other))
    return found


def _compare(recorder: Recorder, pair: Pair) -> None:
    old, new = pair.old, pair.new
    tiers = ((new.raw,), new.names)
    if old.id != new.id:
        recorder.record(
            "operation-renamed",
            ((old.raw, new.raw),),
            new=f"{new.pointer}/operationId" if "operationId" in new.data else new.pointer,
            before=old.id,
            after=new.id,
        )
    elif old.raw != new.raw:
        recorder.record(
            "operation-tag-changed",
            ((old.raw, new.raw),),
            new=f"{new.pointer}/tags",
            before=old.tag,
            after=new.tag,
            covers={f"api.{one.raw.split('.')[1]}" for one in (old, new)},
        )
    if old.pointer != new.pointer:
        recorder.understood |= {old.pointer, old.pointer.rpartition("/")[0]}
        recorder.record(
            "operation-moved",
            tiers,
            new=new.pointer,
            before=f"{old.method.upper()} {old.path}",
            after=f"{new.method.upper()} {new.path}",
        )
    _compare_notes(recorder, pair, tiers)
    compare_parameters(recorder, old, new)
    compare_request_bodies(recorder, old, new)
    compare_responses(recorder, old, new)
    compare_security(recorder, old, new)


def _compare_notes(recorder: Recorder, pair: Pair, tiers: Any) -> None:
    old, new = pair.old.data, pair.new.data
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        kind = "operation-deprecated" if new.get("deprecated") else "operation-no-longer-deprecated"
        recorder.record(kind, tiers, new=pair.new.pointer)
    for key in _TEXTS:
        record_text(recorder, tiers, pair.old.pointer, pair.new.pointer, key, (old.get(key), new.get(key)))
