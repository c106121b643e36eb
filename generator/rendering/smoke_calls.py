"""Which calls the smoke test makes: each operation once, by its method and by the raw layer."""

from collections.abc import Mapping
from typing import Any

from ..model.arguments import Argument
from ..model.client_model import ClientModel
from ..model.methods import Method
from ..model.operations import OperationSpec, parameter_key
from ..model.types import (
    ChoiceType,
    ConstantType,
    FileType,
    ListType,
    ModelType,
    NamedType,
    UnionType,
    ValueType,
)
from .raw_layer import describe_raw_operation
from .smoke import FILE, SmokeCall

_SAMPLES = {
    "str": "text",
    "int": 1,
    "float": 1.5,
    "bool": True,
    "datetime.date": "2024-02-29",
    "datetime.datetime": "2024-02-29T12:00:00+00:00",
    "UUID": "12345678-1234-5678-1234-567812345678",
}
# Deeper objects are sent without their properties: a required property may lead back to its own class.
_MAX_DEPTH = 5


def list_smoke_calls(client_model: ClientModel) -> list[SmokeCall]:
    """Return the call of each method that returns what the contract types, and of the whole raw layer."""
    calls = [
        SmokeCall(resource, method.name, _sample_method(client_model, method))
        for resource in client_model.sdk.resources
        for method in client_model.methods(resource)
        if method.typed_result is not None
    ]
    for operation in client_model.operations.values():
        types = client_model.types.operations[operation.module]
        raw = describe_raw_operation(operation, types)
        arguments = _sample_parameters(client_model, operation, raw.parameters)
        if operation.is_body_required:
            arguments["body"] = _sample_value(client_model, types.bodies[0])
        calls.append(SmokeCall("", operation.module, arguments))
    return calls


def _sample_method(client_model: ClientModel, method: Method) -> dict[str, Any]:
    types = client_model.types.operations[method.operation.module]
    arguments = _sample_parameters(client_model, method.operation, method.parameters)
    required = {
        argument.name: argument.python_name for argument in method.body_arguments if argument.required
    }
    if method.has_body_argument:
        values: Mapping[str, Any] = {"body": _sample_value(client_model, types.bodies[0])}
    else:
        values = _sample_properties(client_model, types.bodies[0], _MAX_DEPTH) if types.bodies else {}
    return arguments | {python_name: values.get(name, {}) for name, python_name in required.items()}


def _sample_parameters(
    client_model: ClientModel, operation: OperationSpec, arguments: list[Argument]
) -> dict[str, Any]:
    types = client_model.types.operations[operation.module].parameters
    types_by_key = dict(zip(map(parameter_key, operation.parameters), types, strict=True))
    return {
        argument.python_name: _sample_value(client_model, types_by_key[argument.name])
        for argument in arguments
        if argument.required
    }


def _sample_value(client_model: ClientModel, value_type: ValueType, depth: int = _MAX_DEPTH) -> Any:
    """Return a value of a type, as JSON; a file is an object with the key `FILE`."""
    match value_type:
        case NamedType(name):
            return _SAMPLES.get(name)
        case ConstantType(value):
            return value
        case FileType():
            return {FILE: "text"}
        case ListType(item):
            return [_sample_value(client_model, item, depth - 1)] if depth else []
        case ModelType():
            return _sample_properties(client_model, value_type, depth)
        case ChoiceType(name):
            choices = {choice.name: choice.values for choice in client_model.types.choices}
            return choices[name][0]
        case UnionType(branches):
            return _sample_value(client_model, branches[0], depth)


def _sample_properties(client_model: ClientModel, value_type: ValueType, depth: int) -> dict[str, Any]:
    """Return the required properties of an object; none of what is no object, or too deep."""
    if not isinstance(value_type, ModelType) or not depth:
        return {}
    return {
        model_property.name: _sample_value(client_model, model_property.type, depth - 1)
        for model_property in client_model.types.models[value_type.class_name].required
    }
