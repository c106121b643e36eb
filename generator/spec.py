"""Reads an OpenAPI document and remembers on which line everything stands.

YAML is read by the core schema of YAML 1.2 (as OpenAPI asks: `no` and `2026-01-01` are strings), with
duplicate keys refused and aliases bounded. Nothing is fetched: a `$ref` stays inside the document.
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeGuard

import yaml
from attrs import frozen

from .errors import GeneratorError

Json = Any
_MOST_NODES = 2_000_000  # a large real document has some 500,000; an alias bomb passes this at once
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"null": None, "Null": None, "NULL": None, "~": None, "": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}


@frozen
class Document:
    """An OpenAPI document: its file, its data, and the line of each JSON pointer."""

    path: Path
    data: dict[str, Json]
    lines: Mapping[str, int]

    def error(self, pointer: str, what: str, hint: str = "") -> GeneratorError:
        """An error at `pointer`, with the line on which it, or its nearest parent, stands."""
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


def load(path: Path) -> Document:
    """Read `path`. Raises GeneratorError if it cannot be read, or is not one YAML mapping."""
    text, lines = _text(path), dict[str, int]()
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if isinstance(root, yaml.MappingNode):
            return Document(path, _Reader(path, lines).value(root, ""), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise GeneratorError(f"is not YAML: {error.problem}", where=path, line=line) from error
    except yaml.YAMLError as error:
        raise GeneratorError(f"is not YAML: {' '.join(str(error).split())}", where=path) from error
    except RecursionError as error:
        raise GeneratorError("is nested too deeply", where=path) from error
    raise GeneratorError(
        "holds no OpenAPI document", where=path, hint="it should be a mapping with `openapi: 3.1.0`"
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GeneratorError(
            f"cannot be read: {error.strerror}", where=path, hint="name an OpenAPI document with --spec"
        ) from error
    except UnicodeDecodeError as error:
        raise GeneratorError(
            f"is not UTF-8 (byte {error.start})", where=path, hint="save it as UTF-8"
        ) from error


class _Reader:
    """Turns YAML nodes into data, counting what aliases expand to."""

    def __init__(self, path: Path, lines: dict[str, int]) -> None:
        self._path = path
        self._lines = lines
        self._nodes = 0
        self._open: set[int] = set()

    def value(self, node: yaml.Node, pointer: str) -> Json:
        line = node.start_mark.line + 1
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise GeneratorError(
                f"holds more than {_MOST_NODES:,} values once its aliases are expanded",
                where=self._path,
                line=line,
            )
        if id(node) in self._open:
            raise GeneratorError("an alias contains itself", where=self._path, line=line, pointer=pointer)
        self._lines.setdefault(pointer, line)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, pointer)
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, f"{pointer}/{index}") for index, item in enumerate(node.value)]
            assert isinstance(node, yaml.ScalarNode)
            return _scalar(node)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, pointer: str) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise GeneratorError("a key is not a string", where=self._path, line=line, pointer=pointer)
            key = str(key_node.value)
            child = f"{pointer}/{escape(key)}"
            if key in found:
                raise GeneratorError(
                    f"the key `{key}` stands twice", where=self._path, line=line, pointer=child
                )
            self._lines[child] = line
            found[key] = self.value(value_node, child)
        return found


def _scalar(node: yaml.ScalarNode) -> Json:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def resolve(data: Json, pointer: str) -> Json:
    """The value at a JSON pointer. Raises KeyError if there is none."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
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
