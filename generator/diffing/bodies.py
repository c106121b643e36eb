"""Compares the request bodies of an operation: media types, schemas, and how parts of forms are encoded."""

from typing import Any

from ..names import identifier
from ..spec import as_object, escape
from .names import Names, Operation, Place, classes_below
from .nodes import followed, node
from .recorder import Edition, Recorder, where
from .schemas import compare_schemas
from .shapes import Shape, shape
from .texts import record_text


def compare_request_bodies(recorder: Recorder, old: Operation, new: Operation) -> None:
    """Record what differs between the request bodies of an operation."""
    before = followed(recorder.old.document, f"{old.pointer}/requestBody", old.data.get("requestBody"))
    after = followed(recorder.new.document, f"{new.pointer}/requestBody", new.data.get("requestBody"))
    tiers = ((new.raw,), new.names, (f"{new.raw}(body=)",))
    if "requestBody" not in old.data and "requestBody" in new.data:
        kind = "required-request-body-added" if after[1].get("required") else "request-body-added"
        recorder.record(
            kind, tiers, new=after[0], covers=_media_classes(recorder.new, new, after) | {new.raw}
        )
        return
    if "requestBody" not in new.data:
        if "requestBody" in old.data:
            covers = _media_classes(recorder.old, old, before) | {old.raw}
            recorder.record("request-body-removed", tiers, old=before[0], covers=covers)
        return
    if bool(before[1].get("required")) != bool(after[1].get("required")):
        required = "became-required" if after[1].get("required") else "became-optional"
        recorder.record(f"request-body-{required}", tiers, new=after[0])
    record_text(
        recorder,
        tiers,
        before[0],
        after[0],
        "description",
        (before[1].get("description"), after[1].get("description")),
    )
    _compare_content(recorder, (old, new), before, after)


def _media_classes(edition: Edition, operation: Operation, body: tuple[str, dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for media, given in as_object(body[1].get("content")).items():
        at = node(
            edition.document, f"{body[0]}/content/{escape(media)}/schema", as_object(given).get("schema")
        )
        found |= classes_below(at, body_model(operation, media))
    return found


def body_model(operation: Operation, media_type: str) -> str:
    """The name after which the tool calls the class of a body without a name."""
    kinds = {"application/json": "json", "multipart/form-data": "files"}
    kind = kinds.get(media_type, "data")
    several = len(as_object(as_object(operation.data.get("requestBody")).get("content"))) > 1
    return f"{operation.id}_{kind}_body" if several else f"{operation.id}_body"


def _compare_content(
    recorder: Recorder,
    operations: tuple[Operation, Operation],
    before: tuple[str, dict[str, Any]],
    after: tuple[str, dict[str, Any]],
) -> None:
    old, new = (as_object(one[1].get("content")) for one in (before, after))
    operation = operations[1]
    tiers = ((operation.raw,), operation.names)
    for media in old:
        if media not in new:
            one = node(recorder.old.document, "", as_object(old[media]).get("schema"))
            recorder.record(
                "request-media-type-removed",
                tiers,
                old=f"{before[0]}/content/{escape(media)}",
                before=media,
                covers=classes_below(one, body_model(operation, media)) | {operation.raw},
            )
    for media, given in new.items():
        pointer = f"{after[0]}/content/{escape(media)}"
        if media not in old:
            one = node(recorder.new.document, "", as_object(given).get("schema"))
            recorder.record(
                "request-media-type-added",
                tiers,
                new=pointer,
                after=media,
                covers=classes_below(one, body_model(operation, media)),
            )
            continue
        was = f"{before[0]}/content/{escape(media)}"
        place = Place(
            "request",
            recorder.new.sdk,
            (*tiers, (f"{operation.raw}(body=)",)),
            body_model(operation, media),
            operation.methods,
        )
        one = node(recorder.old.document, f"{was}/schema", as_object(old[media]).get("schema", True))
        other = node(recorder.new.document, f"{pointer}/schema", as_object(given).get("schema", True))
        compare_schemas(recorder, place, one, other)
        _compare_encodings(
            recorder, place, (was, as_object(old[media])), (pointer, as_object(given)), shape(other)
        )
        for key in ("example", "examples", "x-evidence"):
            said = (as_object(old[media]).get(key), as_object(given).get(key))
            record_text(recorder, tiers, was, pointer, key, said)


def _compare_encodings(
    recorder: Recorder,
    place: Place,
    before: tuple[str, dict[str, Any]],
    after: tuple[str, dict[str, Any]],
    body: Shape,
) -> None:
    old, new = (as_object(one[1].get("encoding")) for one in (before, after))
    for part in dict.fromkeys([*old, *new]):
        one, other = as_object(old.get(part)), as_object(new.get(part))
        if one == other:
            continue
        base = (after if part in new else before)[0]
        at = where(f"{base}/encoding/{escape(part)}", new=part in new)
        tiers = (*place.tiers, _part_names(place, part))
        recorder.record(
            _encoding_kind(one, other, body, part), tiers, before=one or None, after=other or None, **at
        )


def _part_names(place: Place, part: str) -> Names:
    """A part may be a member of any variant, so every method may take it."""
    variants = {variant for spec in place.methods for variant in spec.variants}
    names = [name for variant in sorted(variants) for name in place.component(variant).member(part).tiers[-1]]
    methods = [f"client.{spec.resource}.{spec.method}({identifier(part)}=)" for spec in place.methods]
    return tuple(dict.fromkeys([*methods, *names]))


def _encoding_kind(one: dict[str, Any], other: dict[str, Any], body: Shape, part: str) -> str:
    """Files are refused or accepted by their type; anything else the client writes as is asked for."""
    is_file = part in body.properties and _is_file(shape(body.properties[part]))
    old, new = (_types(given.get("contentType")) for given in (one, other))
    if not is_file or old == new:
        return "request-part-encoding-changed"
    wider = not new or (bool(old) and old < new)
    return "request-part-media-type-added" if wider else "request-part-media-type-removed"


def _is_file(given: Shape) -> bool:
    if "items" in given.children:
        return _is_file(shape(given.children["items"]))
    return given.keywords.get("format", ("",))[0] == "binary" or "contentMediaType" in given.keywords


def _types(content_type: Any) -> set[str]:
    return {one.strip() for one in str(content_type).split(",")} if content_type else set()
