"""The contract as the client carries it for `conformance`: schemas by operation, without prose."""

import json
from pathlib import Path
from typing import Any

from .spec import Document, is_list, is_object
from .surface.operations import follow
from .surface.sdk import Sdk, operations

_PROSE = frozenset({"title", "summary", "description", "example", "examples", "externalDocs", "deprecated"})
# Their members are named by the contract's author, not by JSON Schema.
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_COMPONENTS = "#/components/schemas/"


def copy_contract(document: Document, project: Path, sdk: Sdk) -> None:
    """Write the copy into the client's package, as one line of JSON with sorted keys.

    A contract of OpenAPI 3.0, whose schemas are no JSON Schema, leaves none.
    """
    if document.data["openapi"].startswith("3.0"):
        return
    text = json.dumps(contract(document.data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (project / sdk.package / "_contract.json").write_text(text + "\n", encoding="utf-8")


def contract(data: dict[str, Any]) -> dict[str, Any]:
    """All schemas of bodies, by `METHOD path`, over the definitions that they share."""
    schemas = data.get("components", {}).get("schemas", {})
    return {
        "definitions": {name: _bare(schema) for name, schema in schemas.items()},
        "operations": {
            f"{method.upper()} {path}": _operation(data, operation)
            for path, method, operation in operations(data)
        },
    }


def _operation(data: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    body = follow(data, operation.get("requestBody", {}))
    responses = {status: follow(data, given) for status, given in operation.get("responses", {}).items()}
    return {
        "request": _content(body),
        "responses": {status: _content(given) for status, given in responses.items() if status[0] in "2d"},
    }


def _content(holder: dict[str, Any]) -> dict[str, Any]:
    """The schema of each media type; null where only JSON could be checked, and it is none."""
    found: dict[str, Any] = {}
    for media_type, given in holder.get("content", {}).items():
        text = media_type.endswith("json") or "form" in media_type
        found[media_type] = _bare(given["schema"]) if text and "schema" in given else None
    return found


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
