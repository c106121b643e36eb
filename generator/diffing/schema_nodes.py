"""Schemas with `$ref` followed and `allOf` merged, each keyword with its place in the document.

The documents themselves are compared, not their lowered copies, so that every change has a pointer that a
maintainer finds in the file.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from ..loading.document import Document
from ..loading.json_data import escape, is_list, is_object, list_or_empty, object_or_empty, resolve

MAXIMUM_KEYWORDS = frozenset(
    {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"}
)
MINIMUM_KEYWORDS = frozenset(
    {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"}
)
# Keywords that do not restrict values: they only describe.
TEXT_KEYWORDS = frozenset(
    {
        *("title", "description", "example", "examples"),
        *("x-evidence", "x-evidence-default", "x-evidence-required"),
    }
)
# Keywords that say what a value is for, and not which values there are.
ANNOTATION_KEYWORDS = TEXT_KEYWORDS | {"default", "deprecated", "readOnly", "writeOnly", "x-sdk"}
_COMPONENTS = "/components/schemas/"


@frozen
class LocatedObject:
    """An object of a document that is not a schema, and the JSON pointer to it."""

    pointer: str
    data: dict[str, Any]


@frozen
class SchemaNode:
    """A schema, as parts that all apply to the same value. Most schemas have one part.

    Each part is a JSON pointer and the schema that stands there.
    """

    document: Document = field(repr=False, eq=False)
    parts: tuple[tuple[str, Any], ...] = field(eq=False)
    pointers: tuple[str, ...]

    @property
    def pointer(self) -> str:
        """Where the first part stands."""
        return self.pointers[0]

    @property
    def resolved_pointer(self) -> str:
        """Where the first part stands, or, if that is only a `$ref`, where this leads."""
        pointer, schema = self.parts[0]
        seen: set[str] = set()
        while is_object(schema) and set(schema) == {"$ref"} and pointer not in seen:
            seen.add(pointer)
            pointer = schema["$ref"][1:]
            schema = resolve(self.document.data, pointer)
        return pointer

    @property
    def key(self) -> tuple[str, ...]:
        """A value that is equal for two nodes that refer to the same schema of a document."""
        return (self.resolved_pointer, *self.pointers[1:])

    @property
    def component(self) -> str | None:
        """The name of the component schema that the node is, or is a plain reference to."""
        pointer, schema = self.parts[0]
        if len(self.parts) > 1:
            return None
        target = object_or_empty(schema).get("$ref", f"#{pointer}")
        return component_name(target[1:]) if is_component(target[1:]) else None


def is_deprecated(node: SchemaNode) -> bool:
    """Whether a schema says `deprecated: true`, itself or where its `$ref` leads."""
    # The last schema overrides those before it; see `flatten_schema`.
    flags = [
        schema["deprecated"]
        for _, schema in flatten_schema(node)
        if is_object(schema) and "deprecated" in schema
    ]
    return bool(flags and flags[-1])


def is_component(pointer: str) -> bool:
    """Whether a pointer leads to a component schema itself, not to something inside one."""
    return pointer.startswith(_COMPONENTS) and "/" not in pointer[len(_COMPONENTS) :]


def component_name(pointer: str) -> str:
    """Return the name of the component schema at a pointer."""
    return unescape(pointer.removeprefix(_COMPONENTS))


def schema_node(document: Document, pointer: str, schema: Any) -> SchemaNode:
    """Return the node of the schema that stands at a pointer."""
    return SchemaNode(document, ((pointer, schema),), (pointer,))


def child_node(document: Document, pointer: str, key: str, schema: Any) -> SchemaNode:
    """Return the node of the schema that stands under `key` of what stands at `pointer`."""
    return schema_node(document, f"{pointer}/{escape(key)}", schema)


def join_nodes(nodes: Iterable[SchemaNode]) -> SchemaNode:
    """Return one node with the parts of several nodes that apply to the same value."""
    joined = list(nodes)
    parts = tuple(part for node in joined for part in node.parts)
    return SchemaNode(joined[0].document, parts, tuple(pointer for pointer, _ in parts))


def flatten_schema(node: SchemaNode) -> list[tuple[str, Any]]:
    """Return every schema that applies to the value: the parts, what they refer to, and their `allOf`.

    A schema comes after the target of its `$ref`, so that its keywords override those of the target.
    """
    schemas: list[tuple[str, Any]] = []
    for pointer, schema in node.parts:
        _collect_schemas(node.document.data, pointer, schema, schemas, set())
    return schemas


def _collect_schemas(
    data: Any, pointer: str, schema: Any, schemas: list[tuple[str, Any]], seen: set[str]
) -> None:
    if pointer in seen:
        return
    seen.add(pointer)
    if is_object(schema):
        target = schema.get("$ref")
        if isinstance(target, str):
            _collect_schemas(data, target[1:], resolve(data, target[1:]), schemas, seen)
        for index, branch in enumerate(list_or_empty(schema.get("allOf"))):
            _collect_schemas(data, f"{pointer}/allOf/{index}", branch, schemas, seen)
    schemas.append((pointer, schema))


def unescape(token: str) -> str:
    """Return a reference token of a JSON pointer as plain text (RFC 6901, section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def follow_reference(document: Document, pointer: str, value: Any) -> LocatedObject:
    """Return `value`, which is at `pointer`, or the object that its `$ref` leads to, with its place."""
    data = object_or_empty(value)
    while isinstance(data.get("$ref"), str):
        pointer = data["$ref"][1:]
        data = object_or_empty(resolve(document.data, pointer))
    return LocatedObject(pointer, data)


def components_below(document: Document, value: Any) -> set[str]:
    """Return the names of all component schemas that a value refers to, at any depth."""
    graph = _reference_graph(document)
    return {name for target in references_in(value) for name in graph.components_behind(target)}


class _ReferenceGraph:
    """What the references of a document lead to. In a large one, most places lead to the same components."""

    def __init__(self, document: Document) -> None:
        self._data = document.data
        self._references_at: dict[str, set[str]] = {}
        self._components_behind: dict[str, frozenset[str]] = {}

    def components_behind(self, target: str) -> frozenset[str]:
        """Return the names of the component schemas that a reference leads to, at any depth."""
        if target not in self._components_behind:
            reached = {target}
            pending = [target]
            while pending:
                further_targets = self._references(pending.pop()) - reached
                reached |= further_targets
                pending += further_targets
            self._components_behind[target] = frozenset(
                component_name(reference[1:]) for reference in reached if is_component(reference[1:])
            )
        return self._components_behind[target]

    def _references(self, target: str) -> set[str]:
        if target not in self._references_at:
            self._references_at[target] = references_in(resolve(self._data, target[1:]))
        return self._references_at[target]


@lru_cache(maxsize=4)
def _reference_graph(document: Document) -> _ReferenceGraph:
    return _ReferenceGraph(document)


def references_in(value: Any) -> set[str]:
    """Return every `$ref` that stands in a value, at any depth; none is followed."""
    references: set[str] = set()
    pending = [value]
    while pending:
        current = pending.pop()
        if is_list(current):
            pending += current
        elif is_object(current):
            if isinstance(current.get("$ref"), str):
                references.add(current["$ref"])
            pending += list(current.values())
    return references
