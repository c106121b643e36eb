"""Compares the request bodies of an operation: media types, schemas, and the encoding of form parts."""

from typing import Any

from ..loading.json_data import escape, object_or_empty
from ..lowering.inner_objects import BODY_NAMES
from ..media_types import essence, is_json
from ..names import identifier
from .python_names import ComparisonContext, DocumentOperation, Names, classes_below, shared_model_name
from .recorder import Recorder, Snapshot, locate_change
from .schema_nodes import LocatedObject, follow_reference, schema_node
from .schema_shapes import SchemaShape, read_shape
from .schemas import compare_schemas
from .texts import record_text_change


def compare_request_bodies(recorder: Recorder, old: DocumentOperation, new: DocumentOperation) -> None:
    """Record what differs between the request bodies of an operation."""
    old_body, new_body = _request_body(recorder.old, old), _request_body(recorder.new, new)
    name_tiers = ((new.raw_module,), new.names, (f"{new.raw_module}(body=)",))
    if "requestBody" not in old.data and "requestBody" in new.data:
        recorder.record(
            "required-request-body-added" if new_body.data.get("required") else "request-body-added",
            name_tiers,
            new_pointer=new_body.pointer,
            covers=_body_classes(recorder.new, new, new_body) | {new.raw_module},
        )
        return
    if "requestBody" not in new.data:
        if "requestBody" in old.data:
            recorder.record(
                "request-body-removed",
                name_tiers,
                old_pointer=old_body.pointer,
                covers=_body_classes(recorder.old, old, old_body) | {old.raw_module},
            )
        return
    if bool(old_body.data.get("required")) != bool(new_body.data.get("required")):
        became = "became-required" if new_body.data.get("required") else "became-optional"
        recorder.record(f"request-body-{became}", name_tiers, new_pointer=new_body.pointer)
    record_text_change(recorder, name_tiers, old_body, new_body, "description")
    _compare_media_types(recorder, (old, new), old_body, new_body)


def _request_body(snapshot: Snapshot, operation: DocumentOperation) -> LocatedObject:
    pointer = f"{operation.pointer}/requestBody"
    return follow_reference(snapshot.document, pointer, operation.data.get("requestBody"))


def _body_classes(snapshot: Snapshot, operation: DocumentOperation, body: LocatedObject) -> set[str]:
    """Return the model classes of a body in all of its media types."""
    classes: set[str] = set()
    for media_type, content in object_or_empty(body.data.get("content")).items():
        classes |= _content_classes(snapshot, operation, body, media_type, content)
    return classes


def _content_classes(
    snapshot: Snapshot, operation: DocumentOperation, body: LocatedObject, media_type: str, content: Any
) -> set[str]:
    node = schema_node(snapshot.document, "", object_or_empty(content).get("schema"))
    return classes_below(node, body_model_name(operation, body, media_type))


def body_model_name(operation: DocumentOperation, body: LocatedObject, media_type: str) -> str:
    """Return the name of which the class of a nameless body is made."""
    shared = shared_model_name(body.pointer)
    if len(object_or_empty(body.data.get("content"))) < 2:
        return shared or f"{operation.module}_body"
    suffix = BODY_NAMES.get(essence(media_type), "json" if is_json(media_type) else "content")
    return shared or f"{operation.module}_{suffix}_body"


def _compare_media_types(
    recorder: Recorder,
    operations: tuple[DocumentOperation, DocumentOperation],
    old_body: LocatedObject,
    new_body: LocatedObject,
) -> None:
    old_content, new_content = (object_or_empty(body.data.get("content")) for body in (old_body, new_body))
    operation = operations[1]
    name_tiers = ((operation.raw_module,), operation.names)
    for media_type, content in old_content.items():
        if media_type not in new_content:
            recorder.record(
                "request-media-type-removed",
                name_tiers,
                old_pointer=f"{old_body.pointer}/content/{escape(media_type)}",
                before=media_type,
                covers=_content_classes(recorder.old, operation, old_body, media_type, content)
                | {operation.raw_module},
            )
    for media_type, content in new_content.items():
        new_media = LocatedObject(
            f"{new_body.pointer}/content/{escape(media_type)}", object_or_empty(content)
        )
        if media_type not in old_content:
            recorder.record(
                "request-media-type-added",
                name_tiers,
                new_pointer=new_media.pointer,
                after=media_type,
                covers=_content_classes(recorder.new, operation, new_body, media_type, content),
            )
            continue
        old_media = LocatedObject(
            f"{old_body.pointer}/content/{escape(media_type)}", object_or_empty(old_content[media_type])
        )
        model_name = body_model_name(operation, new_body, media_type)
        _compare_media_type(recorder, operation, model_name, old_media, new_media)


def _compare_media_type(
    recorder: Recorder,
    operation: DocumentOperation,
    model_name: str,
    old_media: LocatedObject,
    new_media: LocatedObject,
) -> None:
    """Record what differs in one media type that both bodies have."""
    name_tiers = ((operation.raw_module,), operation.names)
    context = ComparisonContext(
        direction="request",
        sdk=recorder.new.sdk,
        name_tiers=(*name_tiers, (f"{operation.raw_module}(body=)",)),
        model_name=model_name,
        methods=operation.methods,
    )
    # A media type without a schema admits everything, as the schema `true` does.
    old_schema, new_schema = (
        schema_node(snapshot.document, f"{media.pointer}/schema", media.data.get("schema", True))
        for snapshot, media in ((recorder.old, old_media), (recorder.new, new_media))
    )
    compare_schemas(recorder, context, old_schema, new_schema)
    _compare_part_encodings(recorder, context, old_media, new_media, read_shape(new_schema))
    for key in ("example", "examples", "x-evidence"):
        record_text_change(recorder, name_tiers, old_media, new_media, key)


def _compare_part_encodings(
    recorder: Recorder,
    context: ComparisonContext,
    old_media: LocatedObject,
    new_media: LocatedObject,
    body: SchemaShape,
) -> None:
    old_encodings, new_encodings = (
        object_or_empty(media.data.get("encoding")) for media in (old_media, new_media)
    )
    for part in dict.fromkeys([*old_encodings, *new_encodings]):
        before, after = object_or_empty(old_encodings.get(part)), object_or_empty(new_encodings.get(part))
        if before == after:
            continue
        media = new_media if part in new_encodings else old_media
        recorder.record(
            _encoding_change_kind(before, after, body, part),
            (*context.name_tiers, _part_names(context, part)),
            before=before or None,
            after=after or None,
            **locate_change(f"{media.pointer}/encoding/{escape(part)}", in_new=part in new_encodings),
        )


def _part_names(context: ComparisonContext, part: str) -> Names:
    """Return the Python names of a form part; it may be a property of any variant that a method takes."""
    variants = sorted({variant for method in context.methods for variant in method.variants})
    property_names = [
        name
        for variant in variants
        for name in context.for_component(variant).for_property(part).name_tiers[-1]
    ]
    arguments = [
        f"client.{method.resource}.{method.method}({identifier(part)}=)" for method in context.methods
    ]
    return tuple(dict.fromkeys([*arguments, *property_names]))


def _encoding_change_kind(before: dict[str, Any], after: dict[str, Any], body: SchemaShape, part: str) -> str:
    """Return the kind of change of a part's encoding.

    Only the encoding of a file concerns callers: a server accepts or refuses a file by its media type. The
    client writes every other part as the contract asks.
    """
    is_file = part in body.properties and _is_file(read_shape(body.properties[part]))
    old_types, new_types = (_media_types(encoding.get("contentType")) for encoding in (before, after))
    if not is_file or old_types == new_types:
        return "request-part-encoding-changed"
    accepts_more = not new_types or (bool(old_types) and old_types < new_types)
    return "request-part-media-type-added" if accepts_more else "request-part-media-type-removed"


def _is_file(shape: SchemaShape) -> bool:
    """Whether a schema is a file or a list of files."""
    if "items" in shape.children:
        return _is_file(read_shape(shape.children["items"]))
    return shape.keywords.get("format", ("",))[0] == "binary" or "contentMediaType" in shape.keywords


def _media_types(content_type: Any) -> set[str]:
    """Return the media types that the `contentType` of an Encoding Object lists, separated by commas."""
    return {media_type.strip() for media_type in str(content_type).split(",")} if content_type else set()
