"""Schemas with `$ref` followed and `allOf` merged, each keyword with the place where it stands.

The documents themselves are compared, not their lowered copies, so that every change has a pointer that a
maintainer finds in the file.
"""

import json
from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from ..spec import Document, as_list, as_object, escape, is_list, is_object, resolve

MAXIMA = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"})
MINIMA = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"})
TEXTS = frozenset({"title", "description", "example", "examples", "x-evidence", "x-evidence-required"})
_COMPONENTS = "/components/schemas/"


@frozen
class Node:
    """A schema as the parts that hold at once, each a pointer and what stands there; mostly one part."""

    document: Document = field(repr=False, eq=False)
    parts: tuple[tuple[str, Any], ...] = field(eq=False)
    pointers: tuple[str, ...]

    @property
    def pointer(self) -> str:
        """Where its first part stands."""
        return self.pointers[0]

    @property
    def place(self) -> str:
        """Where what it says stands: where it stands itself, or where its `$ref` leads and says all."""
        pointer, schema = self.parts[0]
        seen: set[str] = set()
        while is_object(schema) and set(schema) == {"$ref"} and pointer not in seen:
            seen.add(pointer)
            pointer = schema["$ref"][1:]
            schema = resolve(self.document.data, pointer)
        return pointer

    @property
    def key(self) -> tuple[str, ...]:
        """What two nodes of a document have in common that say the same because they are the same."""
        return (self.place, *self.pointers[1:])

    @property
    def component(self) -> str | None:
        """The name of the component schema that it is, or is a plain reference to."""
        pointer, schema = self.parts[0]
        if len(self.parts) > 1:
            return None
        target = as_object(schema).get("$ref", f"#{pointer}")
        return component_name(target[1:]) if is_component(target[1:]) else None


def is_component(pointer: str) -> bool:
    """Whether a pointer names a component schema itself, not something inside one."""
    return pointer.startswith(_COMPONENTS) and "/" not in pointer[len(_COMPONENTS) :]


def component_name(pointer: str) -> str:
    """The name of the component schema at a pointer."""
    return unescape(pointer.removeprefix(_COMPONENTS))


def node(document: Document, pointer: str, schema: Any) -> Node:
    """The schema that stands at a pointer."""
    return Node(document, ((pointer, schema),), (pointer,))


def joined(nodes: list[Node]) -> Node:
    """All that several schemas say about the same value."""
    parts = tuple(part for one in nodes for part in one.parts)
    return Node(nodes[0].document, parts, tuple(pointer for pointer, _ in parts))


def flattened(given: Node) -> list[tuple[str, Any]]:
    """Every object or boolean that holds at once: parts, what they refer to, and the members of `allOf`.

    A schema comes after what it refers to, so that what stands beside a `$ref` has the last word.
    """
    found: list[tuple[str, Any]] = []
    for pointer, schema in given.parts:
        _flatten(given.document.data, pointer, schema, found, set())
    return found


def _flatten(data: Any, pointer: str, schema: Any, found: list[tuple[str, Any]], seen: set[str]) -> None:
    if pointer in seen:
        return
    seen.add(pointer)
    if is_object(schema):
        target = schema.get("$ref")
        if isinstance(target, str):
            _flatten(data, target[1:], resolve(data, target[1:]), found, seen)
        for index, member in enumerate(as_list(schema.get("allOf"))):
            _flatten(data, f"{pointer}/allOf/{index}", member, found, seen)
    found.append((pointer, schema))


def unescape(token: str) -> str:
    """A reference token of a JSON pointer as plain text."""
    return token.replace("~1", "/").replace("~0", "~")


def followed(document: Document, pointer: str, given: Any) -> tuple[str, dict[str, Any]]:
    """Where a value that is no schema stands, or what its `$ref` leads to; and the value."""
    value = as_object(given)
    while isinstance(value.get("$ref"), str):
        pointer = value["$ref"][1:]
        value = as_object(resolve(document.data, pointer))
    return pointer, value


def child(document: Document, pointer: str, key: str, value: Any) -> Node:
    """The node of a member of what stands at `pointer`."""
    return node(document, f"{pointer}/{escape(key)}", value)


def canonical(given: Node, seen: frozenset[str] = frozenset()) -> str:
    """What a schema says, texts aside, as text that is equal for equal schemas."""
    return json.dumps(
        [_plain(given.document.data, schema, seen) for _, schema in given.parts], sort_keys=True
    )


def _plain(data: Any, value: Any, seen: frozenset[str]) -> Any:
    if is_list(value):
        return [_plain(data, item, seen) for item in value]
    if not is_object(value):
        return value
    target = value.get("$ref")
    if isinstance(target, str) and target not in seen:
        rest = {key: item for key, item in value.items() if key != "$ref"}
        followed = _plain(data, resolve(data, target[1:]), seen | {target})
        return {**as_object(followed), **as_object(_plain(data, rest, seen))}
    return {
        key: _plain(data, item, seen)
        for key, item in value.items()
        if key not in TEXTS or not isinstance(item, str | list)
    }


def components_below(document: Document, value: Any) -> Iterator[str]:
    """The names of all component schemas that a value refers to, at any depth, each once."""
    seen: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if is_list(one):
            waiting += one
        elif is_object(one):
            target = one.get("$ref")
            if isinstance(target, str) and target not in seen:
                seen.add(target)
                waiting.append(resolve(document.data, target[1:]))
                if is_component(target[1:]):
                    yield component_name(target[1:])
            waiting += list(one.values())
