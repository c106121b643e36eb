"""Compares the responses of an operation: statuses, media types, schemas, headers."""

from typing import Any

from ..loading.document import Document
from ..loading.json_data import escape, is_list, object_or_empty, unescape
from ..media_types import is_events, is_json
from .python_names import (
    ComparisonContext,
    DocumentOperation,
    NameTiers,
    classes_below,
    shared_model_name,
)
from .recorder import Recorder, Snapshot
from .schema_nodes import LocatedObject, SchemaNode, follow_reference, schema_node
from .schemas import compare_schemas
from .texts import record_text_change


def compare_responses(recorder: Recorder, old: DocumentOperation, new: DocumentOperation) -> None:
    """Record what differs between the responses of an operation."""
    old_responses, new_responses = _responses(recorder.old, old), _responses(recorder.new, new)
    name_tiers = _name_tiers(new)
    for status, response in old_responses.items():
        if status not in new_responses:
            recorder.record(
                f"{_status_class(status)}-status-removed",
                name_tiers,
                old_pointer=response.pointer,
                before=status,
                covers=_names_covered_by_response(recorder.old, old, status, response),
            )
    for status, response in new_responses.items():
        if status in old_responses:
            _compare_response(recorder, new, status, old_responses[status], response)
        else:
            recorder.record(
                f"{_status_class(status)}-status-added",
                name_tiers,
                new_pointer=response.pointer,
                after=status,
                covers=_names_covered_by_response(recorder.new, new, status, response),
            )


def _name_tiers(operation: DocumentOperation) -> NameTiers:
    return ((operation.raw_module,), operation.names)


def _responses(snapshot: Snapshot, operation: DocumentOperation) -> dict[str, LocatedObject]:
    """Return the responses of an operation by status; YAML may read a status as a number."""
    return {
        str(status): follow_reference(
            snapshot.document, f"{operation.pointer}/responses/{escape(str(status))}", response
        )
        for status, response in object_or_empty(operation.data.get("responses")).items()
    }


def may_be_success(status: str) -> bool:
    """Whether a response of this status may be a success; `default` stands for any status."""
    return status[0] == "2" or status == "default"


def _status_class(status: str) -> str:
    return "success" if status[0] == "2" else "error"


def _model_name(operation: DocumentOperation, status: str, response: LocatedObject) -> str:
    """Return the name of which the class of a nameless response body is made."""
    return shared_model_name(response.pointer) or f"{operation.module}_response_{status}"


def _content_classes(snapshot: Snapshot, content: Any, model_name: str) -> set[str]:
    """Return the model classes of a body in one media type."""
    return classes_below(
        schema_node(snapshot.document, "", object_or_empty(content).get("schema")), model_name
    )


def _names_covered_by_response(
    snapshot: Snapshot, operation: DocumentOperation, status: str, response: LocatedObject
) -> set[str]:
    """Return the operation's module and the model classes that come or go with a response."""
    names = {operation.raw_module}
    for content in object_or_empty(response.data.get("content")).values():
        names |= _content_classes(snapshot, content, _model_name(operation, status, response))
    return names


def _compare_response(
    recorder: Recorder, operation: DocumentOperation, status: str, old: LocatedObject, new: LocatedObject
) -> None:
    for key in ("description", "x-evidence", "links"):
        record_text_change(recorder, _name_tiers(operation), old, new, key)
    _compare_media_types(recorder, operation, status, old, new)
    _compare_headers(recorder, operation, old, new)


def _compare_media_types(
    recorder: Recorder, operation: DocumentOperation, status: str, old: LocatedObject, new: LocatedObject
) -> None:
    old_content, new_content = (object_or_empty(response.data.get("content")) for response in (old, new))
    model_name = _model_name(operation, status, new)
    for media_type, content in old_content.items():
        if media_type not in new_content:
            recorder.record(
                f"{'response' if may_be_success(status) else 'error'}-media-type-removed",
                _name_tiers(operation),
                old_pointer=f"{old.pointer}/content/{escape(media_type)}",
                before=media_type,
                covers=_content_classes(recorder.old, content, model_name) | {operation.raw_module},
            )
    for media_type, content in new_content.items():
        new_media = LocatedObject(f"{new.pointer}/content/{escape(media_type)}", object_or_empty(content))
        if media_type not in old_content:
            recorder.record(
                _media_type_addition_kind(status, set(old_content), media_type),
                _name_tiers(operation),
                new_pointer=new_media.pointer,
                after=media_type,
                covers=_content_classes(recorder.new, content, model_name) | {operation.raw_module},
            )
            continue
        old_media = LocatedObject(
            f"{old.pointer}/content/{escape(media_type)}", object_or_empty(old_content[media_type])
        )
        _compare_media_type(recorder, operation, model_name, old_media, new_media)


def _compare_media_type(
    recorder: Recorder, operation: DocumentOperation, model_name: str, old: LocatedObject, new: LocatedObject
) -> None:
    """Record what differs in one media type that both responses have."""
    results = dict.fromkeys(result for method in operation.methods for result in method.results)
    context = ComparisonContext(
        "response", recorder.new.sdk, _name_tiers(operation), model_name, results=tuple(results)
    )
    old_data = event_data_node(recorder.old.document, old)
    new_data = event_data_node(recorder.new.document, new)
    if old_data and new_data:
        compare_schemas(recorder, context, old_data, new_data)
        old_text, new_text = _schema_of(old), _schema_of(new)
        record_text_change(recorder, context.name_tiers, old_text, new_text, "description")
    else:
        _compare_located_schemas(recorder, context, old, new)
    for key in ("example", "examples", "x-evidence"):
        record_text_change(recorder, context.name_tiers, old, new, key)


def _schema_of(media: LocatedObject) -> LocatedObject:
    return LocatedObject(f"{media.pointer}/schema", object_or_empty(media.data.get("schema")))


def event_data_node(document: Document, media: LocatedObject) -> SchemaNode | None:
    """Return the schema of the data of each server-sent event, if the client returns the events as one text.

    It stands in the `contentSchema` of the text, or in that of the property `data` of an event. To a caller
    both mean the same.
    """
    schema = _schema_of(media).data
    types = schema.get("type", "string")
    is_text = "string" in (types if is_list(types) else [types])
    if not is_text or not is_events(unescape(media.pointer.rpartition("/")[2])):
        return None
    data = object_or_empty(object_or_empty(schema.get("properties")).get("data"))
    if "contentSchema" in data:
        pointer = f"{media.pointer}/schema/properties/data/contentSchema"
        return schema_node(document, pointer, data["contentSchema"])
    if "contentSchema" in schema:
        return schema_node(document, f"{media.pointer}/schema/contentSchema", schema["contentSchema"])
    return None


def _compare_located_schemas(
    recorder: Recorder, context: ComparisonContext, old: LocatedObject, new: LocatedObject
) -> None:
    """Compare the schemas of two media types or headers; one without a schema admits everything."""
    compare_schemas(
        recorder,
        context,
        schema_node(recorder.old.document, f"{old.pointer}/schema", old.data.get("schema", True)),
        schema_node(recorder.new.document, f"{new.pointer}/schema", new.data.get("schema", True)),
    )


def python_form(media_type: str) -> str:
    """Return the form in which the client returns a body of this media type: parsed JSON, text or bytes."""
    return "json" if is_json(media_type) else "text" if media_type.startswith("text/") else "bytes"


def _media_type_addition_kind(status: str, old_media_types: set[str], media_type: str) -> str:
    if not may_be_success(status):
        return "error-media-type-added"
    old_forms = {python_form(old_media_type) for old_media_type in old_media_types}
    if python_form(media_type) in old_forms:
        return "response-media-type-added"
    return "response-media-type-widens-answer"


def _compare_headers(
    recorder: Recorder, operation: DocumentOperation, old: LocatedObject, new: LocatedObject
) -> None:
    old_headers, new_headers = _headers(recorder.old, old), _headers(recorder.new, new)
    name_tiers = _name_tiers(operation)
    for name, header in old_headers.items():
        if name not in new_headers:
            recorder.record("response-header-removed", name_tiers, old_pointer=header.pointer, before=name)
    for name, header in new_headers.items():
        if name not in old_headers:
            recorder.record("response-header-added", name_tiers, new_pointer=header.pointer, after=name)
            continue
        old_header = old_headers[name]
        if bool(old_header.data.get("required")) != bool(header.data.get("required")):
            became = "became-required" if header.data.get("required") else "became-optional"
            recorder.record(f"response-header-{became}", name_tiers, new_pointer=header.pointer)
        for key in ("description", "example", "examples", "x-evidence"):
            record_text_change(recorder, name_tiers, old_header, header, key)
        context = ComparisonContext("response", recorder.new.sdk, name_tiers)
        _compare_located_schemas(recorder, context, old_header, header)


def _headers(snapshot: Snapshot, response: LocatedObject) -> dict[str, LocatedObject]:
    """Return the headers of a response by name; names are case-insensitive (RFC 9110, section 5.1)."""
    return {
        name.lower(): follow_reference(
            snapshot.document, f"{response.pointer}/headers/{escape(name)}", header
        )
        for name, header in object_or_empty(response.data.get("headers")).items()
    }
