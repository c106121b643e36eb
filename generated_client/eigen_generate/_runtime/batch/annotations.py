"""Values of rows by the annotations of parameters.

An annotation is text, because generated modules postpone their evaluation (PEP 563). What is not understood
here, such as the class of an object, is left to the method and to the server.
"""

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")


class Accepted(NamedTuple):
    """What a parameter takes.

    `kinds` are among `text`, `integer`, `number`, `boolean`, `list`, `object`, `file`, `files` and `any`.
    `literals` are the only values, if there are any.
    """

    kinds: frozenset[str]
    literals: tuple[object, ...] = ()


_KINDS_OF_NAMES = {
    "str": "text",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "FileInput": "file",
    "list": "list",
    "Sequence": "list",
    "dict": "object",
    "Mapping": "object",
}
_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, Sequence) and not isinstance(value, str | bytes),
    "object": lambda value: isinstance(value, Mapping),
    "file": lambda value: isinstance(value, str),
    "files": lambda value: (
        isinstance(value, list) and all(isinstance(item, str) for item in cast("list[object]", value))
    ),
    "any": lambda _: True,
}
_WORDS = {"file": "the path of a file", "files": "a list of paths", "integer": "a whole number"}


@cache
def accepted_by(annotation: str) -> Accepted:
    """Return what a parameter of this annotation takes."""
    try:
        return _read(ast.parse(annotation, mode="eval").body)
    except SyntaxError:
        return Accepted(frozenset({"any"}))


def _read(node: ast.expr) -> Accepted:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            first, second = _read(left), _read(right)
            return Accepted(first.kinds | second.kinds, first.literals + second.literals)
        case ast.Constant(value=None):
            return Accepted(frozenset())
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choices):
            values = ast.literal_eval(choices)
            return Accepted(frozenset(), values if isinstance(values, tuple) else (values,))
        case ast.Subscript(value=ast.Name(id="Sequence" | "list"), slice=ast.Name(id="FileInput")):
            return Accepted(frozenset({"files"}))
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return Accepted(frozenset({_KINDS_OF_NAMES.get(name, "any")}))
        case _:
            return Accepted(frozenset({"any"}))


def problem_of(value: object, accepted: Accepted) -> str | None:
    """Return why a parameter does not take a value of JSON; None if it does. Null is like leaving it out."""
    if value is None or any(
        value == literal and type(value) is type(literal) for literal in accepted.literals
    ):
        return None
    if any(_CHECKS[kind](value) for kind in accepted.kinds):
        return None
    choices = [_WORDS.get(kind, f"a {kind}") for kind in sorted(accepted.kinds)]
    choices += [json.dumps(literal) for literal in accepted.literals]
    shown = json.dumps(value, default=str)
    return f"{shown[:60]} is not {' or '.join(choices)}"


def read_text(text: str, accepted: Accepted) -> object:
    """Return the value that a cell of CSV stands for, or the text itself if it stands for none."""
    kinds = accepted.kinds
    if kinds & {"text", "file"} or text in accepted.literals:
        return text
    if "boolean" in kinds and text.lower() in _TRUE + _FALSE:
        return text.lower() in _TRUE
    try:
        # A number of JSON, so neither `nan` nor `1_000`.
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return [text] if "files" in kinds else text
    return value


def resolve_files(value: object, accepted: Accepted, folder: Path) -> object:
    """Return the value with its paths, which are relative to `folder`, as paths."""
    if "file" in accepted.kinds and isinstance(value, str) and not {"text", "any"} & accepted.kinds:
        return folder / value
    if "files" in accepted.kinds and isinstance(value, list):
        items = cast("list[object]", value)
        return [folder / item if isinstance(item, str) else item for item in items]
    return value
