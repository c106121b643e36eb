"""Describes as values of `runtime.contract` how the bodies of a request are sent, one for each media type."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import GeneratorError
from ..loading.document import Document
from ..loading.json_data import escape, follow_reference, is_object
from ..media_types import essence, is_form, is_json, is_text
from ..runtime.contract import Body, PartEncoding
from .operations import OperationSpec, Variant
from .styles import describe_style

# A schema with none of these admits every value, and so null.
_RESTRICTING_KEYWORDS = (
    *("type", "enum", "const", "anyOf", "oneOf", "allOf", "not", "properties", "items", "format"),
)


def describe_bodies(
    document: Document, operation: OperationSpec, variants_by_media_type: Mapping[str, Iterable[Variant]]
) -> tuple[Body, ...]:
    """Return the ways to send a body, by media type; each with the properties that only the others may hold.

    Raises GeneratorError for multipart that is not an object: its parts have names.
    """
    variants = {media_type: tuple(items) for media_type, items in variants_by_media_type.items()}
    properties = {
        media_type: _collect_properties(operation, media_type, variants[media_type])
        for media_type in variants
    }
    all_names = frozenset[str]().union(*properties.values())
    return tuple(
        _describe_body(document, operation, media_type, properties[media_type])._replace(
            unsupported=all_names.difference(properties[media_type]),
            is_scalar=_check_scalar(operation, media_type, variants[media_type]),
        )
        for media_type in variants
    )


def may_be_scalar(media_type: str, variants: Iterable[Variant]) -> bool:
    """Whether JSON or a form may be one value that is not an object, and so is not sent by properties."""
    if not (is_json(media_type) or is_form(media_type)):
        return False
    return not all(is_object_variant(variant, open_ended=is_form(media_type)) for variant in variants)


def is_object_variant(variant: Variant, *, open_ended: bool = True) -> bool:
    """Whether a variant can only be an object.

    `open_ended` is returned for a schema without any restriction.
    """
    schema = variant.schema
    if type_names := schema.get("type"):
        return type_names in ("object", ["object"])
    if "const" in schema or "enum" in schema:
        return all(map(is_object, schema.get("enum", [schema.get("const")])))
    return open_ended or not schema.keys().isdisjoint(("properties", "additionalProperties", "required"))


def is_boolean(schema: dict[str, Any]) -> bool:
    """Whether a property is true or false, or null."""
    type_names = schema.get("type")
    return type_names == "boolean" or (isinstance(type_names, list) and {*type_names} == {"boolean", "null"})


def is_file(document: Document, schema: dict[str, Any]) -> bool:
    """Whether a property holds raw bytes, or a list of them."""
    schema = follow_reference(document.data, schema)
    if schema.get("type") == "array":
        return is_file(document, schema.get("items", {}))
    return schema.get("format") == "binary"


def is_nullable(document: Document, schema: dict[str, Any]) -> bool:
    """Whether JSON null is a value of a property."""
    schema = follow_reference(document.data, schema)
    type_names = schema.get("type")
    if type_names == "null" or (isinstance(type_names, list) and "null" in type_names):
        return True
    if schema.get("nullable") is True or schema.keys().isdisjoint(_RESTRICTING_KEYWORDS):
        return True
    if None in schema.get("enum", ()) or ("const" in schema and schema["const"] is None):
        return True
    branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return any(is_nullable(document, branch) for branch in branches)


def _check_scalar(operation: OperationSpec, media_type: str, variants: tuple[Variant, ...]) -> bool:
    """Return whether a body may be a scalar. Raises GeneratorError if it may be one but cannot be sent."""
    is_scalar = may_be_scalar(media_type, variants)
    if is_scalar and essence(media_type) == "multipart/form-data":
        raise GeneratorError(
            "a body of parts that is not an object: a part needs a name",
            pointer=f"{operation.pointer}/requestBody/content/{escape(media_type)}/schema",
            hint="let it be an object that holds the value as a property",
        )
    return is_scalar


def _collect_properties(
    operation: OperationSpec, media_type: str, variants: tuple[Variant, ...]
) -> dict[str, dict[str, Any]]:
    """Return the schemas of all properties of the variants; a body of one value is the property `body`."""
    if not (is_json(media_type) or is_form(media_type)):
        # A text media type holds text, even if it has no schema and the lowering described it as bytes.
        schema = operation.body["content"][media_type].get("schema", {})
        return {"body": {"type": "string"} if is_text(media_type) else schema}
    properties: dict[str, dict[str, Any]] = {}
    for variant in variants:
        properties.update(variant.schema.get("properties", {}))
    if may_be_scalar(media_type, variants):
        properties["body"] = {"anyOf": [variant.schema for variant in variants]}
    return properties


def _describe_body(
    document: Document, operation: OperationSpec, media_type: str, properties: dict[str, dict[str, Any]]
) -> Body:
    files = frozenset(name for name, schema in properties.items() if is_file(document, schema))
    return Body(
        media_type=media_type,
        files=files,
        multiple=frozenset(name for name in files if _is_list(document, properties[name])),
        nullable=frozenset(name for name, schema in properties.items() if is_nullable(document, schema)),
        encoding=dict(_describe_fields(document, operation, media_type)),
    )


def _is_list(document: Document, schema: dict[str, Any]) -> bool:
    return follow_reference(document.data, schema).get("type") == "array"


def _describe_fields(
    document: Document, operation: OperationSpec, body_type: str
) -> Iterator[tuple[str, PartEncoding]]:
    """Yield the fields of a form whose encoding the contract fixes.

    `text/plain` is the default of a part (RFC 7578, 4.4), and a media type with a wildcard or an alternative
    leaves a choice: neither is yielded.
    """
    content = operation.body["content"][body_type]
    encodings: dict[str, dict[str, Any]] = content.get("encoding", {}) if is_form(body_type) else {}
    for name, encoding in encodings.items():
        headers = tuple(_list_fixed_headers(encoding))
        style = describe_style(document, encoding, body_type)
        if style is not None:
            yield name, style._replace(headers=headers)
            continue
        media_type = encoding.get("contentType", "text/plain")
        is_fixed = "," not in media_type and "*" not in media_type and media_type != "text/plain"
        if is_fixed or headers:
            yield name, PartEncoding(media_type=media_type if is_fixed else None, headers=headers)


def _list_fixed_headers(encoding: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the headers of a part that have one value; Content-Type is ignored (OpenAPI 3.1, 4.8.15.1.2)."""
    for name, header in encoding.get("headers", {}).items():
        schema = header.get("schema", {})
        if name.lower() != "content-type" and "const" in schema:
            yield name, str(schema["const"])
