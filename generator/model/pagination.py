"""How the items of an operation come page by page, as the `pagination` of its `x-sdk` says."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import unescape
from ..media_types import is_json
from ..runtime.contract import Pages
from .contract_types import ContractTypes
from .generated_name import GeneratedName
from .model_classes import ModelClass
from .operations import OperationSpec, list_success_statuses
from .sdk import PaginationSpec
from .types import ListType, ModelType, NamedType, UnionType, ValueType, value_annotation


def find_item_type(operation: OperationSpec, types: ContractTypes, pagination: PaginationSpec) -> ValueType:
    """Return the type of the items of a page. Raises GeneratorError if there is no list at the pointer."""
    answers = types.operations[operation.module].answers
    for status in list_success_statuses(operation):
        for media_type in operation.responses[status].get("content", {}):
            answer = answers.get((status, media_type)) if is_json(media_type) else None
            for value_type in _resolve(answer, pagination.items, types.models) if answer else ():
                if isinstance(value_type, ListType):
                    return value_type.item
                if value_type == NamedType("Any"):
                    return value_type
    raise GeneratorError(
        f"no success of JSON has a list at `{pagination.items}`",
        pointer=f"{operation.pointer}/x-sdk/pagination/items",
        hint='write the JSON pointer to the items, such as `/data`, or "" if the answer is the list',
    )


def _resolve(value_type: ValueType, pointer: str, models: Mapping[str, ModelClass]) -> Iterator[ValueType]:
    """Yield the types that a value may have at a JSON pointer; each branch of a union may have one."""
    if isinstance(value_type, UnionType):
        for branch in value_type.branches:
            yield from _resolve(branch, pointer, models)
    elif not pointer or value_type == NamedType("Any"):
        yield value_type
    elif isinstance(value_type, ModelType):
        token, _, rest = pointer[1:].partition("/")
        for model_property in models[value_type.class_name].properties:
            if model_property.name == unescape(token):
                yield from _resolve(model_property.type, f"/{rest}" if rest else "", models)


def describe_pages(
    operation: OperationSpec, types: ContractTypes, pagination: PaginationSpec, call_name: str
) -> Pages[Any]:
    """Return how to go through the pages of an operation, as a value of `runtime.contract`.

    `call_name` is the name of the call that asks for one page.
    """
    call: Any = GeneratedName(call_name)
    return Pages(
        call=call,
        item=GeneratedName(value_annotation(find_item_type(operation, types, pagination))),
        style=pagination.style,
        items=pagination.items,
        parameter=pagination.parameter,
        in_body=bool(pagination.parameter) and not _has_parameter(operation, pagination.parameter),
        next=pagination.next,
        last_item=pagination.last_item,
        more=pagination.more,
        total=pagination.total,
        first=pagination.first,
    )


def _has_parameter(operation: OperationSpec, name: str) -> bool:
    return any(parameter["name"] == name for parameter in operation.parameters)
