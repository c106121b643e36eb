"""Writes the contract as the client carries it for `conformance`: schemas by operation, without prose."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..loading.document import Document
from ..loading.json_data import Json, follow_reference, is_list, is_object
from ..loading.operations import list_operations
from ..model.sdk import Sdk

_PROSE = frozenset({"title", "summary", "description", "example", "examples", "externalDocs", "deprecated"})
# Keywords whose keys are names that the contract's author chose, and not keywords of JSON Schema.
_SCHEMA_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
# Keywords whose values are data or names, and not schemas.
_DATA = frozenset({"enum", "const", "default", "required"})
_COMPONENTS = "#/components/schemas/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# JSON Schema wants a URI, and `.invalid` is reserved for addresses with nothing behind them (RFC 2606, 2).
_BASE = "https://contract.invalid/"


def copy_contract(document: Document, project: Path, sdk: Sdk) -> None:
    """Write the copy into the client's package, as one line of JSON with sorted keys.

    A contract of OpenAPI 3.0 has no copy: its schemas are not JSON Schema.
    """
    if document.data["openapi"].startswith("3.0"):
        return
    copy = make_contract_copy(document.data)
    text = json.dumps(copy, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (project / sdk.package / "_contract.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def make_contract_copy(data: dict[str, Json]) -> dict[str, Json]:
    """Return the schemas of all bodies as definitions of one schema, and the checks of each `METHOD path`."""
    components = data.get("components", {}).get("schemas", {})
    definitions = {name: _copy_schema(schema) for name, schema in components.items()}
    operations: dict[str, Json] = {}
    for path, method, operation in list_operations(data):
        route = f"{method.upper()} {path}"
        operations[route] = _copy_operation(data, operation, route, definitions)
    return {"schema": {"$schema": _DIALECT, "$id": _BASE, "$defs": definitions}, "operations": operations}


def _copy_operation(
    data: dict[str, Json], operation: dict[str, Json], route: str, definitions: dict[str, Json]
) -> dict[str, Json]:
    """Return the checks of an operation's body and of its successes; `default` may be one.

    Adds their schemas to `definitions`.
    """
    body = follow_reference(data, operation.get("requestBody", {}))
    responses: dict[str, Json] = {}
    for status, response in operation.get("responses", {}).items():
        if status.startswith("2") or status == "default":
            holder = follow_reference(data, response)
            responses[status] = _copy_content(holder, f"{route} {status}", definitions)
    return {"request": _copy_content(body, route, definitions), "responses": responses}


def _copy_content(holder: dict[str, Json], place: str, definitions: dict[str, Json]) -> dict[str, Json]:
    """Return the check of each media type; null for a media type that is neither JSON nor a form.

    `holder` is a body or a response, and `place` the name of its schema in `definitions`.
    """
    checks: dict[str, Json] = {}
    for media_type, content in holder.get("content", {}).items():
        is_checked = (media_type.endswith("json") or "form" in media_type) and "schema" in content
        name = f"{place} {media_type}"
        checks[media_type] = (
            _define_body_check(name, _copy_schema(content["schema"]), definitions) if is_checked else None
        )
    return checks


def _define_body_check(name: str, schema: Json, definitions: dict[str, Json]) -> dict[str, Json]:
    """Add the schema of a body to `definitions` as `name`, and return its check: the name and the properties.

    There are no properties if it admits properties of any name.
    """
    definitions[name] = schema
    parts = list(_list_parts(schema, definitions, frozenset()))
    properties = sorted({property_name for part in parts for property_name in part.get("properties", {})})
    is_open = any("patternProperties" in part for part in parts)
    return {"schema": name} if is_open or not properties else {"schema": name, "properties": properties}


def _list_parts(
    schema: Json, definitions: dict[str, Json], seen_names: frozenset[str]
) -> Iterator[dict[str, Json]]:
    """Yield every schema that may describe properties of the same instance; references are followed once."""
    if not is_object(schema):
        return
    yield schema
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name in definitions and name not in seen_names:
        yield from _list_parts(definitions[name], definitions, seen_names | {name})
    for keyword in ("allOf", "anyOf", "oneOf"):
        for branch in schema.get(keyword, ()):
            yield from _list_parts(branch, definitions, seen_names)
    for keyword in ("if", "then", "else"):
        yield from _list_parts(schema.get(keyword), definitions, seen_names)


def _copy_schema(schema: Json) -> Json:
    """Return a schema without prose and extensions, whose references lead to the definitions."""
    if is_list(schema):
        return [_copy_schema(item) for item in schema]
    if not is_object(schema):
        return schema
    copy: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in _SCHEMA_MAPS:
            copy[keyword] = {name: _copy_schema(subschema) for name, subschema in value.items()}
        elif keyword in _DATA:
            copy[keyword] = value
        elif keyword == "$ref":
            copy[keyword] = value.replace(_COMPONENTS, "#/$defs/")
        elif keyword not in _PROSE and not keyword.startswith("x-") and keyword != "discriminator":
            copy[keyword] = _copy_schema(value)
    return copy
