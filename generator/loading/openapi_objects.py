"""Where the objects of OpenAPI stand in a document, by kind.

A key alone does not tell an object's kind: `description` may be a text, a property or a header. So the walk
follows the fields of the standard (OpenAPI 3.1.0, 4.8), and enters no data and no extension.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from .json_data import Json, escape, is_list, is_object, resolve
from .operations import METHODS
from .schemas import SCHEMA_LISTS, SCHEMA_MAPS, SINGLE_SCHEMAS

# By kind of object, the kind of what a field holds: one object, `[a list]` or `{a map by name}`. The kinds
# are named as the schema of OpenAPI names them.
_EXAMPLES = {"examples": "{example}"}
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "root": {
        "info": "info",
        "servers": "[server]",
        "paths": "paths",
        "webhooks": "{path-item}",
        "components": "components",
        "tags": "[tag]",
        "externalDocs": "external-documentation",
    },
    "info": {"contact": "contact", "license": "license"},
    "server": {"variables": "{server-variable}"},
    "components": {
        "schemas": "{schema}",
        "responses": "{response}",
        "parameters": "{parameter}",
        "examples": "{example}",
        "requestBodies": "{request-body}",
        "headers": "{header}",
        "securitySchemes": "{security-scheme}",
        "links": "{link}",
        "callbacks": "{callback}",
        "pathItems": "{path-item}",
    },
    "path-item": {
        **dict.fromkeys(METHODS, "operation"),
        "servers": "[server]",
        "parameters": "[parameter]",
    },
    "operation": {
        "externalDocs": "external-documentation",
        "parameters": "[parameter]",
        "requestBody": "request-body",
        "responses": "responses",
        "callbacks": "{callback}",
        "servers": "[server]",
    },
    "parameter": {"schema": "schema", "content": "{media-type}", **_EXAMPLES},
    "request-body": {"content": "{media-type}"},
    "media-type": {"schema": "schema", "encoding": "{encoding}", **_EXAMPLES},
    "encoding": {"headers": "{header}"},
    "response": {"headers": "{header}", "content": "{media-type}", "links": "{link}"},
    "header": {"schema": "schema", "content": "{media-type}", **_EXAMPLES},
    "link": {"server": "server"},
    "tag": {"externalDocs": "external-documentation"},
    "security-scheme": {"flows": "oauth-flows"},
    "schema": {
        **dict.fromkeys(sorted(SCHEMA_MAPS), "{schema}"),
        **dict.fromkeys(sorted(SCHEMA_LISTS), "[schema]"),
        **dict.fromkeys(sorted(SINGLE_SCHEMAS), "schema"),
    },
}
# Objects whose keys are paths, statuses or expressions; a key that begins with `x-` is an extension.
_MAPS = {"paths": "path-item", "responses": "response", "callback": "path-item"}


@frozen
class OpenApiObject:
    """One object of OpenAPI: its pointer, its kind and its value."""

    pointer: str
    kind: str
    value: dict[str, Json]

    @property
    def reference(self) -> str | None:
        """The `$ref` of the object, or None if it has none."""
        reference = self.value.get("$ref")
        return reference if isinstance(reference, str) else None


def walk_openapi_objects(data: dict[str, Any]) -> Iterator[OpenApiObject]:
    """Yield every object of OpenAPI in a document, parents before children, each once.

    What only a `$ref` leads to, such as a schema in an extension, is of the kind that the `$ref` stands for.
    """
    visited: set[str] = set()
    waiting: list[tuple[str, str, Json]] = [("", "root", data)]
    targets: list[tuple[str, str]] = []
    while waiting or targets:
        if not waiting:
            pointer, kind = targets.pop()
            if pointer not in visited:
                waiting.append((pointer, kind, _resolve_or_none(data, pointer)))
            continue
        pointer, kind, value = waiting.pop()
        if not is_object(value) or pointer in visited:
            continue
        visited.add(pointer)
        node = OpenApiObject(pointer, kind, value)
        if node.reference is not None and node.reference.startswith("#"):
            targets.append((node.reference[1:], kind))
        yield node
        waiting += reversed(list(_list_children(pointer, kind, value)))


def _list_children(pointer: str, kind: str, value: dict[str, Json]) -> Iterator[tuple[str, str, Json]]:
    """Yield the pointer, the kind and the value of each object directly inside of an object."""
    if kind in _MAPS:
        for name, item in value.items():
            if not name.startswith("x-"):
                yield f"{pointer}/{escape(name)}", _MAPS[kind], item
        return
    for field, content in _FIELDS.get(kind, {}).items():
        if field in value:
            yield from _list_field_values(f"{pointer}/{field}", content, value[field])


def _list_field_values(pointer: str, content: str, held: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield the pointer, the kind and the value of what a field holds. `content` says it as in `_FIELDS`."""
    kind = content.strip("[]{}")
    if content.startswith("{") and is_object(held):
        for name, item in held.items():
            yield f"{pointer}/{escape(name)}", kind, item
    elif content.startswith("[") and is_list(held):
        for index, item in enumerate(held):
            yield f"{pointer}/{index}", kind, item
    elif content == kind:
        yield pointer, kind, held


def _resolve_or_none(data: dict[str, Any], pointer: str) -> Json:
    try:
        return resolve(data, pointer)
    except KeyError:
        return None
