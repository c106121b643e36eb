"""Where a signature says `Any` though the document has a schema."""

import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any

from generator.loading.json_data import Json, is_object, object_or_empty, resolve

from .clients import BuiltOperation
from .contract import Contract, Operation

# Keywords that a type can state. A schema with none of them admits every value, and so does `Any`.
_TYPED = ("type", "properties", "items", "enum", "const")


def list_loose_places(contract: Contract, operation: Operation, built: BuiltOperation) -> Iterator[str]:
    """Yield the parameters, bodies and answers whose annotation is `Any`, or a list of it, without need."""
    for parameter in operation.parameters:
        name = built.name_of(operation, parameter)
        schema = contract.schema_at(parameter.schema_pointer)
        if name is not None and _is_loose(contract, schema, built.hints.get(name)):
            yield f"parameter {parameter.name}"
    bodies = [contract.schema_at(body.schema_pointer) for body in operation.bodies if body.schema_pointer]
    if bodies and all(_is_loose(contract, schema, built.hints.get("body")) for schema in bodies):
        yield "body"
    answers = [
        contract.schema_at(content.schema_pointer)
        for status, contents in operation.answers.items()
        for content in contents
        if status.startswith("2") and content.schema_pointer
    ]
    annotation = typing.get_args(built.hints.get("return"))
    if answers and annotation and all(_is_loose(contract, schema, annotation[0]) for schema in answers):
        yield "answer"


def _is_loose(contract: Contract, schema: Json, hint: Any) -> bool:
    """Whether a type says less than a schema."""
    target = _follow(contract, schema)
    if hint is Any or hint is inspect.Parameter.empty:
        return _is_typed(contract, target, 0)
    arguments = [argument for argument in typing.get_args(hint) if argument is not type(None)]
    if typing.get_origin(hint) is list and arguments:
        return "items" in target and _is_loose(contract, target["items"], arguments[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return any(argument is Any for argument in arguments) and _is_typed(contract, target, 0)
    return False


def _is_typed(contract: Contract, schema: Json, depth: int) -> bool:
    """Whether a schema restricts its values to types; a union does if all of its branches do."""
    target = _follow(contract, schema)
    if depth > 8 or any(keyword in target for keyword in _TYPED):
        return True
    if any(_is_typed(contract, part, depth + 1) for part in target.get("allOf") or ()):
        return True
    branches = [*(target.get("oneOf") or ()), *(target.get("anyOf") or ())]
    return bool(branches) and all(_is_typed(contract, branch, depth + 1) for branch in branches)


def _follow(contract: Contract, schema: Json) -> dict[str, Json]:
    target = object_or_empty(schema)
    while is_object(target) and isinstance(reference := target.get("$ref"), str):
        target = object_or_empty(resolve(contract.data, reference[1:]))
    return target
