"""The example of the README where `x-sdk` names no methods: a call of a method that needs little."""

import json
from typing import Any

from ..loading.json_data import list_or_empty, object_or_empty
from ..model.arguments import Argument
from ..model.client_model import ClientModel
from ..model.methods import Method
from .examples import Example

_PLAIN_ANNOTATIONS = frozenset({"str", "int", "float", "bool"})


def make_default_examples(client_model: ClientModel) -> list[Example]:
    """Return the example of one default method: one that reads, with few and plain required arguments."""
    methods = [
        method
        for resource in client_model.sdk.resources
        for method in client_model.methods(resource)
        if method.spec.is_default and not method.opens_events and not method.deprecation
    ]
    plain_methods = [method for method in methods if all(map(_is_plain, _list_required(method)))]
    if not plain_methods:
        return []
    return [_make_example(min(plain_methods, key=_rank))]


def _rank(method: Method) -> tuple[bool, bool, int]:
    """Return what puts the best method first; of equal ones the contract's first is taken."""
    is_result = method.default_result_annotation not in ("None", "Any")
    return method.operation.method != "get", not is_result, len(_list_required(method))


def _list_required(method: Method) -> list[Argument]:
    return [argument for argument in method.arguments if argument.required]


def _is_plain(argument: Argument) -> bool:
    return _has_values(argument) or not _PLAIN_ANNOTATIONS.isdisjoint(argument.annotation.split(" | "))


def _has_values(argument: Argument) -> bool:
    """Whether the contract lists the values of an argument."""
    return bool(argument.schema.get("enum")) or "const" in argument.schema


def _make_example(method: Method) -> Example:
    values = {argument.python_name: _sample(argument) for argument in _list_required(method)}
    arguments = ", ".join(f"{name}={value}" for name, value in values.items())
    call = f"client.{method.full_name}({arguments})"
    shown = 'result.save("result")' if method.default_result_annotation == "_Media" else "result"
    return Example(
        title=method.spec.summary.rstrip("."),
        call=call,
        code=f"result = {call}\nprint({shown})",
        command_line="",
        is_media=False,
        takes_files=False,
    )


def _sample(argument: Argument) -> str:
    """Return the source of a value: the first example of the contract, or one of the type."""
    schema = argument.schema
    named_examples = [
        object_or_empty(value).get("value") for value in object_or_empty(schema.get("examples")).values()
    ]
    candidates = [schema.get("example"), *list_or_empty(schema.get("examples")), *named_examples]
    for value in [*candidates, schema.get("const"), *list_or_empty(schema.get("enum"))]:
        if isinstance(value, str | int | float) and _fits(argument, value):
            return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    first_annotation = next(name for name in argument.annotation.split(" | ") if name in _PLAIN_ANNOTATIONS)
    samples = {"str": f'"{argument.python_name}"', "int": "1", "float": "1.5", "bool": "True"}
    return samples[first_annotation]


def _fits(argument: Argument, value: Any) -> bool:
    """Whether an example has the type of its argument, which authors of contracts do not always see to."""
    return _has_values(argument) or type(value).__name__ in argument.annotation.split(" | ")
