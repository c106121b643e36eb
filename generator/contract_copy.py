"""The contract as the client carries it for `conformance`: schemas by operation, without prose."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .loading.document import Document
from .loading.json_data import is_list, is_object
from .loading.operations import list_operations
from .surface.operations import follow
from .surface.sdk import Sdk

_PROSE = frozenset({"title", "summary", "description", "example", "examples", "externalDocs", "deprecated"})
# Their members are named by the contract's author, not by JSON Schema.
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_COMPONENTS = "#/components/schemas/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# JSON Schema wants a URI, and nothing is to be found there (RFC 2606, 2).
_BASE = "https://contract.invalid/"


def copy_contract(document: Document, project: Path, sdk: Sdk) -> None:
    """Write the copy into the client's package, as one line of JSON with sorted keys.

    A contract of OpenAPI 3.0, whose schemas are no JSON Schema, leaves none.
    """
    if document.data["openapi"].startswith("3.0"):
        return
    text = json.dumps(contract(document.data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (project / sdk.package / "_contract.json").write_text(text + "\n", encoding="utf-8")


def contract(data: dict[str, Any]) -> dict[str, Any]:
    """All schemas of bodies as definitions of one schema, and by `METHOD path` which of them checks what."""
    components = data.get("components", {}).get("schemas", {})
    definitions = {name: _bare(schema) for name, schema in components.items()}
    found = {
        f"{method.upper()} {path}": _operation(data, operation, f"{method.upper()} {path}", definitions)
        for path, method, operation in list_operations(data)
    }
    return {"schema": {"$schema": _DIALECT, "$id": _BASE, "$defs": definitions}, "operations": found}


def _operation(
    data: dict[str, Any], operation: dict[str, Any], route: str, definitions: dict[str, Any]
) -> dict[str, Any]:
    body = follow(data, operation.get("requestBody", {}))
    responses = {status: follow(data, given) for status, given in operation.get("responses", {}).items()}
    return {
        "request": _content(body, route, definitions),
        "responses": {
            status: _content(given, f"{route} {status}", definitions)
            for status, given in responses.items()
            if status[0] in "2d"
        },
    }


def _content(holder: dict[str, Any], place: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """The check of each media type; null where only JSON could be checked, and it is none."""
    found: dict[str, Any] = {}
    for media_type, given in holder.get("content", {}).items():
        checked = (media_type.endswith("json") or "form" in media_type) and "schema" in given
        name = f"{place} {media_type}"
        found[media_type] = _check(name, _bare(given["schema"]), definitions) if checked else None
    return found


def _check(name: str, schema: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Which definition checks, and the members that it knows; no members if it is open to any name."""
    definitions[name] = schema
    parts = list(_branches(schema, definitions, frozenset()))
    members = sorted({member for part in parts for member in part.get("properties", {})})
    is_open = any("patternProperties" in part for part in parts)
    return {"schema": name} if is_open or not members else {"schema": name, "properties": members}


def _branches(schema: Any, definitions: dict[str, Any], seen: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Every schema that may have a say about the members of one instance."""
    if not is_object(schema):
        return
    yield schema
    reference = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if reference in definitions and reference not in seen:
        yield from _branches(definitions[reference], definitions, seen | {reference})
    for key in ("allOf", "anyOf", "oneOf"):
        for branch in schema.get(key, ()):
            yield from _branches(branch, definitions, seen)
    for key in ("if", "then", "else"):
        yield from _branches(schema.get(key), definitions, seen)


def _bare(schema: Any) -> Any:
    """A schema without prose and foreign keys, its references leading to the definitions."""
    if is_list(schema):
        return [_bare(item) for item in schema]
    if not is_object(schema):
        return schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _NAMED:
            found[key] = {name: _bare(one) for name, one in value.items()}
        elif key in ("enum", "const", "default", "required"):
            found[key] = value
        elif key == "$ref":
            found[key] = value.replace(_COMPONENTS, "#/$defs/")
        elif key not in _PROSE and not key.startswith("x-") and key != "discriminator":
            found[key] = _bare(value)
    return found
