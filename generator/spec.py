"""An OpenAPI document, on which line everything stands, and ways through it by JSON pointers (RFC 6901).

Nothing is fetched: a `$ref` stays inside the document.
"""

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeGuard

from attrs import frozen

from .errors import GeneratorError

Json = Any
# Where a lowered document keeps, by name, where components stand that were made or renamed.
PLACES = "x-lowered-places"


@frozen
class Document:
    """An OpenAPI document: its file, its data, and the line of each JSON pointer.

    `source` is the data as written, if `data` was lowered.
    """

    path: Path
    data: dict[str, Json]
    lines: Mapping[str, int]
    source: dict[str, Json] | None = None

    def error(self, pointer: str, what: str, hint: str = "") -> GeneratorError:
        """An error at `pointer`, with the line on which it, or its nearest parent, stands.

        A pointer into what was lowered is told as one into what is written.
        """
        if self.source is not None:
            pointer = as_written(pointer, self.data, self.source)
        at = pointer
        while at and at not in self.lines:
            at = at.rpartition("/")[0]
        return GeneratorError(what, where=self.path, line=self.lines.get(at), pointer=pointer, hint=hint)

    @contextmanager
    def placing(self) -> Generator[None]:
        """Give errors that know their pointer alone the file and the line, too."""
        try:
            yield
        except GeneratorError as error:
            if error.where is not None or error.pointer is None:
                raise
            raise self.error(error.pointer, error.what, error.hint) from error


def is_object(value: object) -> TypeGuard[dict[str, Json]]:
    """Whether a JSON value is an object; tells the type checkers so, too."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Json]]:
    """Whether a JSON value is a list; tells the type checkers so, too."""
    return isinstance(value, list)


def as_object(value: object) -> dict[str, Json]:
    """A JSON value if it is an object, else an empty one: for places where an object may stand."""
    return value if is_object(value) else {}


def as_list(value: object) -> list[Json]:
    """A JSON value if it is a list, else an empty one: for places where a list may stand."""
    return value if is_list(value) else []


def escape(key: str) -> str:
    """One reference token of a JSON pointer, escaped as RFC 6901 says."""
    return key.replace("~", "~0").replace("/", "~1")


def _unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def resolve(data: Json, pointer: str) -> Json:
    """The value at a JSON pointer. Raises KeyError if there is none."""
    for token in pointer.split("/")[1:]:
        key = _unescape(token)
        if is_list(data) and key.isdecimal() and int(key) < len(data):
            data = data[int(key)]
        elif is_object(data) and key in data:
            data = data[key]
        else:
            raise KeyError(pointer)
    return data


def follow(data: Json, value: Json) -> dict[str, Json]:
    """`value`, or what its `$ref` leads to; that it leads somewhere, and in no circle, was judged before."""
    given = as_object(value)
    while isinstance(target := given.get("$ref"), str):
        given = as_object(resolve(data, target[1:]))
    return given


def as_written(pointer: str, lowered: dict[str, Json], source: dict[str, Json]) -> str:
    """Where in `source` stands what `pointer` leads to in `lowered`, or the nearest place around it."""
    tokens = pointer.split("/")[1:]
    if tokens[:2] == ["components", "schemas"] and len(tokens) > 2:
        origin = as_object(lowered.get(PLACES)).get(_unescape(tokens[2]))
        if origin is not None:
            tokens = [*origin.split("/")[1:], *tokens[3:]]
    return _deepest(source, "", tuple(tokens), set())[1]


def _deepest(
    source: dict[str, Json], at: str, tokens: tuple[str, ...], seen: set[tuple[str, int]]
) -> tuple[int, str]:
    """How many tokens are left, and the pointer, where one goes no deeper; by `$ref` and `allOf` as well."""
    best = (len(tokens), at)
    if not tokens or (at, len(tokens)) in seen:
        return best
    seen.add((at, len(tokens)))
    value = resolve(source, at)
    ways = [(f"{at}/{tokens[0]}", tokens[1:])]
    if is_object(value):
        target = value.get("$ref")
        ways += [(target[1:], tokens)] if isinstance(target, str) else []
        ways += [(f"{at}/allOf/{index}", tokens) for index in range(len(as_list(value.get("allOf"))))]
    for way, rest in ways:
        try:
            resolve(source, way)
        except KeyError:
            continue
        best = min(best, _deepest(source, way, rest, seen), key=lambda found: found[0])
        if best[0] == 0:
            break
    return best


def walk(data: Json, pointer: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """Every mapping below `data` with its pointer, parents first."""
    if is_object(data):
        yield pointer, data
        for key, value in list(data.items()):
            yield from walk(value, f"{pointer}/{escape(key)}")
    elif is_list(data):
        for index, value in enumerate(data):
            yield from walk(value, f"{pointer}/{index}")


def render(data: Json) -> str:
    """A value as one line of JSON, for messages and docstrings."""
    return json.dumps(data, ensure_ascii=False)
