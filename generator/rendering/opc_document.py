"""Makes the document that openapi-python-client reads, which only describes types.

Each operation has its own path, all its parameters are in the query, and its answers are JSON. `model.calls`
describes for the runtime where and how parameters are written, and which other answers exist; so
openapi-python-client's limits on these do not matter.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ..loading.json_data import copy_json, object_or_empty
from ..loading.schemas import walk_schemas
from ..model.operations import OperationSpec, list_json_answers, parameter_key, parameter_schema
from ..names import distinct, identifier, shortened
from .docstrings import describe, describe_rules

# openapi-python-client has one type for each status. Further types of a status get numbers above this one,
# which are not HTTP statuses.
_LAST_STATUS = 1000
# The key under which a schema keeps the original names of renamed properties.
ORIGINAL_NAMES = "x-lowered-names"


def make_opc_document(data: dict[str, Any], operations: Sequence[OperationSpec]) -> dict[str, Any]:
    """Return the document that openapi-python-client parses.

    `data` is the lowered document; it is not changed.
    """
    paths = {
        f"/{operation.module}": {operation.method: _make_operation(operation)} for operation in operations
    }
    components = {"schemas": data.get("components", {}).get("schemas", {})}
    opc_document: dict[str, Any] = copy_json(
        {**data, "openapi": "3.1.0", "components": components, "paths": paths}
    )
    for _, schema in walk_schemas(opc_document):
        # Of a schema inside another, openapi-python-client keeps only the description.
        description = " ".join([describe(schema), *describe_rules(schema)]).strip()
        if description:
            schema["description"] = description
        _rename_clashing_properties(schema)
    return opc_document


def list_answer_keys(operation: OperationSpec) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield each typed answer: its status in this document, its status, its media type and its schema.

    Answers of one status with the same schema share their status in this document.
    """
    schemas_by_key: dict[str, tuple[str, Any]] = {}
    further_key = _LAST_STATUS
    for status, media_type, schema in list_json_answers(operation):
        status_keys = [key for key, (key_status, _) in schemas_by_key.items() if key_status == status]
        key = next((key for key in status_keys if schemas_by_key[key][1] == schema), None)
        if key is None:
            further_key += bool(status_keys)
            key = str(further_key) if status_keys else status
            schemas_by_key[key] = status, schema
        yield key, status, media_type, schema


def _rename_clashing_properties(schema: dict[str, Any]) -> None:
    """Rename properties whose Python names are the same, such as `+1` and `-1`.

    openapi-python-client drops a schema that has such properties.
    """
    properties = object_or_empty(schema.get("properties"))
    if len({identifier(name) for name in properties}) == len(properties):
        return
    new_names = dict(zip(properties, distinct(properties), strict=True))
    schema["properties"] = {new_names[name]: property_schema for name, property_schema in properties.items()}
    schema["required"] = [new_names.get(name, name) for name in schema.get("required", ())]
    schema[ORIGINAL_NAMES] = {new_name: name for name, new_name in new_names.items()}


def _make_operation(operation: OperationSpec) -> dict[str, Any]:
    opc_operation = {
        key: value for key, value in operation.data.items() if key in ("tags", "summary", "description")
    }
    opc_operation["operationId"] = operation.module
    opc_operation["tags"] = [shortened(tag) for tag in opc_operation.get("tags", ())]
    names = distinct(map(parameter_key, operation.parameters))
    opc_operation["parameters"] = [
        {
            "name": name,
            "in": "query",
            "required": parameter.get("required", False),
            "schema": parameter_schema(parameter),
        }
        for name, parameter in zip(names, operation.parameters, strict=True)
    ]
    if operation.body:
        opc_operation["requestBody"] = operation.body
    opc_operation["responses"] = {
        key: {"description": "", "content": {"application/json": {"schema": schema}}}
        for key, _, _, schema in list_answer_keys(operation)
    }
    return opc_operation
