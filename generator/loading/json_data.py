"""Decoded JSON, and ways through it by JSON pointers (RFC 6901).

No reference is fetched: a `$ref` stays inside the document that holds it.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeGuard

# A value that `json` or YAML gives: object, list, string, number, boolean or null.
Json = Any
# The types of values that hold other values.
CONTAINERS = (dict, list)
# The JSON pointers of the places that a function changed in a document, one after the other.
ChangedPointers = Iterator[str]


def is_object(value: object) -> TypeGuard[dict[str, Json]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Json]]:
    """Whether a JSON value is a list."""
    return isinstance(value, list)


def object_or_empty(value: object) -> dict[str, Json]:
    """Return a JSON value if it is an object, else an empty object."""
    return value if is_object(value) else {}


def list_or_empty(value: object) -> list[Json]:
    """Return a JSON value if it is a list, else an empty list."""
    return value if is_list(value) else []


def escape(key: str) -> str:
    """Return one reference token of a JSON pointer, escaped by RFC 6901, section 3."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """Return the key that a reference token of a JSON pointer stands for (RFC 6901, section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def resolve(data: Json, pointer: str) -> Json:
    """Return the value at a JSON pointer. Raises KeyError if there is none."""
    for token in pointer.split("/")[1:]:
        key = unescape(token)
        if is_list(data) and key.isdecimal() and int(key) < len(data):
            data = data[int(key)]
        elif is_object(data) and key in data:
            data = data[key]
        else:
            raise KeyError(pointer)
    return data


def follow_reference(document: Json, value: Json) -> dict[str, Json]:
    """Return an object, or the object that its `$ref` leads to in `document`.

    Every `$ref` must lead to something, and in no cycle; `validation.reference_rules` checks that before.
    """
    target_object = object_or_empty(value)
    while isinstance(reference := target_object.get("$ref"), str):
        target_object = object_or_empty(resolve(document, reference[1:]))
    return target_object


def copy_json(data: Json) -> Json:
    """Return a copy of `data` whose objects and lists are all new, and are there once.

    `copy.deepcopy` remembers every value that it has seen, and takes several times as long.
    """
    if is_object(data):
        return {key: copy_json(value) for key, value in data.items()}
    if is_list(data):
        return [copy_json(value) for value in data]
    return data


def walk_objects(data: Json, pointer: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield every object in `data` with its pointer, parents first. `pointer` is the pointer of `data`."""
    # A stack, because a generator in a generator passes each value on through every level around it.
    waiting: list[tuple[str, Json]] = [(pointer, data)]
    while waiting:
        pointer, value = waiting.pop()
        if is_object(value):
            yield pointer, value
        waiting += reversed(list_containers(value, pointer))


def list_containers(data: Json, pointer: str) -> list[tuple[str, Json]]:
    """Return the objects and lists directly inside of `data`, each with its pointer."""
    if is_object(data):
        items = data.items()
        return [(f"{pointer}/{escape(key)}", value) for key, value in items if isinstance(value, CONTAINERS)]
    items_by_index = enumerate(list_or_empty(data))
    return [(f"{pointer}/{index}", value) for index, value in items_by_index if isinstance(value, CONTAINERS)]


def render(data: Json) -> str:
    """Return a value as one line of JSON, for messages and docstrings."""
    return json.dumps(data, ensure_ascii=False)
