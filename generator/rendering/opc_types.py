"""Turns the types that openapi-python-client parsed into the types and classes of `model`."""

from collections.abc import Mapping
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import (
    EnumProperty,
    LiteralEnumProperty,
)
from openapi_python_client.parser.properties import ModelProperty as OpcModel
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

from ..model.contract_types import ContractTypes
from ..model.model_classes import ChoiceClass, ModelClass, ModelProperty
from ..model.operations import OperationSpec, OperationTypes
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
from ..names import distinct
from .opc_document import ORIGINAL_NAMES, list_answer_keys

# The annotations of values without parts, by the class that openapi-python-client has for them.
_NAMED_TYPES = {
    "StringProperty": "str",
    "FloatProperty": "float",
    "IntProperty": "int",
    "BooleanProperty": "bool",
    "NoneProperty": "None",
    "DateProperty": "datetime.date",
    "DateTimeProperty": "datetime.datetime",
    "UuidProperty": "UUID",
    "AnyProperty": "Any",
}
# Names that no property may have: the names that a model's class uses itself, and `cls` and `self`, because
# attrs makes a constructor of all properties.
_RESERVED_NAMES = ("to_dict", "from_dict", "additional_properties", "self", "cls")


def read_types(
    data: GeneratorData, operations: list[OperationSpec], schemas: Mapping[str, dict[str, Any]]
) -> ContractTypes:
    """Return all types of a parsed document.

    `schemas` are the schemas of the lowered document, by class name.
    """
    operations_by_module = {operation.module: operation for operation in operations}
    operation_types = {
        str(endpoint.name): _read_operation(endpoint, operations_by_module[str(endpoint.name)])
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    models = [_read_model(opc_model) for opc_model in data.models]
    choices = tuple(_read_choice(enum, schemas) for enum in data.enums)
    return ContractTypes(operation_types, {model.name: model for model in models}, choices)


def _read_operation(endpoint: Endpoint, operation: OperationSpec) -> OperationTypes:
    types_by_key = {
        response.status_code.pattern: _read_type(response.prop) for response in endpoint.responses
    }
    return OperationTypes(
        bodies=tuple(_read_type(body.prop) for body in endpoint.bodies),
        parameters=tuple(map(_read_type, endpoint.query_parameters)),
        answers={
            (status, media_type): types_by_key[key]
            for key, status, media_type, _ in list_answer_keys(operation)
        },
    )


def _read_type(opc_property: PropertyProtocol) -> ValueType:
    """Return the type of a property. Raises KeyError for a class that openapi-python-client may add."""
    match opc_property:
        case FileProperty():
            return FileType()
        case ListProperty():
            return ListType(_read_type(opc_property.inner_property))
        case OpcModel():
            return ModelType(str(opc_property.class_info.name))
        case LiteralEnumProperty():
            return ChoiceType(str(opc_property.class_info.name))
        case ConstProperty():
            return ConstantType(_unwrap(opc_property.value.raw_value))
        case UnionProperty():
            return UnionType(tuple(map(_read_type, opc_property.inner_properties)))
        case _:
            return NamedType(_NAMED_TYPES[type(opc_property).__name__])


def _read_model(opc_model: OpcModel) -> ModelClass:
    required, optional = opc_model.required_properties or [], opc_model.optional_properties or []
    model_extra: dict[str, Any] = opc_model.data.model_extra or {}
    original_names: dict[str, str] = model_extra.get(ORIGINAL_NAMES, {})
    opc_names: list[str] = [_unwrap(opc_property.name) for opc_property in (*required, *optional)]
    names = [original_names.get(name, name) for name in opc_names]
    properties = [
        ModelProperty(name, python_name, _read_type(opc_property), _unwrap(opc_property.description or ""))
        for opc_property, name, python_name in zip(
            (*required, *optional), names, distinct(names, _RESERVED_NAMES), strict=True
        )
    ]
    additional = opc_model.additional_properties
    return ModelClass(
        name=str(opc_model.class_info.name),
        required=tuple(properties[: len(required)]),
        optional=tuple(properties[len(required) :]),
        additional=_read_type(additional) if additional else None,
        description=_unwrap(opc_model.description or ""),
    )


def _read_choice(
    enum: EnumProperty | LiteralEnumProperty, schemas: Mapping[str, dict[str, Any]]
) -> ChoiceClass:
    """Return a named choice; its values are in the contract's order, which openapi-python-client loses."""
    name = str(enum.class_info.name)
    values = schemas.get(name, {}).get("enum") or sorted(enum.values)
    return ChoiceClass(name, tuple(dict.fromkeys(values)))


def _unwrap(value: Any) -> Any:
    """Return a string of the document without the wrapper that openapi-python-client puts around it."""
    return value.get_untrusted_value() if isinstance(value, UntrustedString) else value
