"""Compares the responses of an operation: statuses, media types, schemas, headers."""

from typing import Any

from ..media import is_json
from ..spec import as_object, escape
from .names import Operation, Place, classes_below
from .nodes import followed, node
from .recorder import Edition, Recorder
from .schemas import compare_schemas
from .texts import record_text

Said = tuple[str, dict[str, Any]]


def compare_responses(recorder: Recorder, old: Operation, new: Operation) -> None:
    """Record what differs between the responses of an operation."""
    before, after = _responses(recorder.old, old), _responses(recorder.new, new)
    tiers = ((new.raw,), new.names)
    for status, one in before.items():
        if status not in after:
            covers = _classes(recorder.old, old, status, one)
            recorder.record(
                f"{_sort(status)}-status-removed", tiers, old=one[0], before=status, covers=covers
            )
    for status, other in after.items():
        if status not in before:
            covers = _classes(recorder.new, new, status, other)
            recorder.record(f"{_sort(status)}-status-added", tiers, new=other[0], after=status, covers=covers)
        else:
            _compare(recorder, new, status, before[status], other)


def _responses(edition: Edition, operation: Operation) -> dict[str, Said]:
    given = as_object(operation.data.get("responses"))
    return {
        str(status): followed(edition.document, f"{operation.pointer}/responses/{escape(str(status))}", one)
        for status, one in given.items()
    }


def is_success(status: str) -> bool:
    """Whether a status is one of a success; `default` may be one."""
    return status[0] == "2" or status == "default"


def _sort(status: str) -> str:
    return "success" if status[0] == "2" else "error"


def _classes(edition: Edition, operation: Operation, status: str, given: Said) -> set[str]:
    found = {operation.raw}
    for media in as_object(given[1].get("content")).values():
        schema = node(edition.document, "", as_object(media).get("schema"))
        found |= classes_below(schema, f"{operation.id}_response_{status}")
    return found


def _compare(recorder: Recorder, operation: Operation, status: str, one: Said, other: Said) -> None:
    tiers = ((operation.raw,), operation.names)
    for key in ("description", "x-evidence", "links"):
        record_text(recorder, tiers, one[0], other[0], key, (one[1].get(key), other[1].get(key)))
    _compare_content(recorder, operation, status, one, other)
    _compare_headers(recorder, operation, one, other)


def _compare_content(recorder: Recorder, operation: Operation, status: str, one: Said, other: Said) -> None:
    old, new = as_object(one[1].get("content")), as_object(other[1].get("content"))
    tiers = ((operation.raw,), operation.names)
    model = f"{operation.id}_response_{status}"
    for media, given in old.items():
        if media not in new:
            kind = "response-media-type-removed" if is_success(status) else "error-media-type-removed"
            covers = classes_below(node(recorder.old.document, "", as_object(given).get("schema")), model)
            pointer = f"{one[0]}/content/{escape(media)}"
            recorder.record(kind, tiers, old=pointer, before=media, covers=covers | {operation.raw})
    for media, given in new.items():
        pointer = f"{other[0]}/content/{escape(media)}"
        if media not in old:
            covers = classes_below(node(recorder.new.document, "", as_object(given).get("schema")), model)
            kind = _added(status, set(old), media)
            recorder.record(kind, tiers, new=pointer, after=media, covers=covers | {operation.raw})
            continue
        was = f"{one[0]}/content/{escape(media)}"
        _compare_media(recorder, operation, model, (was, as_object(old[media])), (pointer, as_object(given)))


def _compare_media(recorder: Recorder, operation: Operation, model: str, one: Said, other: Said) -> None:
    results = [spec.results for spec in operation.methods]
    place = Place(
        "response",
        recorder.new.sdk,
        ((operation.raw,), operation.names),
        model,
        results=tuple(dict.fromkeys(name for listed in results for name in listed)),
    )
    compare_schemas(
        recorder,
        place,
        node(recorder.old.document, f"{one[0]}/schema", one[1].get("schema", True)),
        node(recorder.new.document, f"{other[0]}/schema", other[1].get("schema", True)),
    )
    for key in ("example", "examples", "x-evidence"):
        record_text(recorder, place.tiers, one[0], other[0], key, (one[1].get(key), other[1].get(key)))


def read_as(media_type: str) -> str:
    """What the client makes of a body of a media type."""
    return "json" if is_json(media_type) else "text" if media_type.startswith("text/") else "bytes"


def _added(status: str, old: set[str], media: str) -> str:
    if not is_success(status):
        return "error-media-type-added"
    known = {read_as(one) for one in old}
    return "response-media-type-added" if read_as(media) in known else "response-media-type-widens-answer"


def _compare_headers(recorder: Recorder, operation: Operation, one: Said, other: Said) -> None:
    old, new = _headers(recorder.old, one), _headers(recorder.new, other)
    tiers = ((operation.raw,), operation.names)
    for name, (pointer, _) in old.items():
        if name not in new:
            recorder.record("response-header-removed", tiers, old=pointer, before=name)
    for name, (pointer, given) in new.items():
        if name not in old:
            recorder.record("response-header-added", tiers, new=pointer, after=name)
            continue
        was, before = old[name]
        if bool(before.get("required")) != bool(given.get("required")):
            required = "became-required" if given.get("required") else "became-optional"
            recorder.record(f"response-header-{required}", tiers, new=pointer)
        for key in ("description", "example", "examples", "x-evidence"):
            record_text(recorder, tiers, was, pointer, key, (before.get(key), given.get(key)))
        compare_schemas(
            recorder,
            Place("response", recorder.new.sdk, tiers),
            node(recorder.old.document, f"{was}/schema", before.get("schema", True)),
            node(recorder.new.document, f"{pointer}/schema", given.get("schema", True)),
        )


def _headers(edition: Edition, given: Said) -> dict[str, Said]:
    """Headers by name; names differ in nothing by case (RFC 9110, section 5.1)."""
    return {
        name.lower(): followed(edition.document, f"{given[0]}/headers/{escape(name)}", one)
        for name, one in as_object(given[1].get("headers")).items()
    }
