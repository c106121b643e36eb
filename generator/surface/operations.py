"""What each operation sends: its parameters, and the variants that each media type may hold."""

from typing import Any

from attrs import frozen
from openapi_python_client import strings

from ..spec import Document, escape, resolve
from .sdk import operations


@frozen
class Variant:
    """One object schema that a body may be; `name` if it is a component."""

    name: str | None
    schema: dict[str, Any]


@frozen
class Endpoint:
    """An operation of the lowered document."""

    id: str
    module: str
    path: str
    method: str
    pointer: str
    data: dict[str, Any]
    parameters: tuple[dict[str, Any], ...]
    bodies: dict[str, tuple[Variant, ...]]
    encodings: dict[str, dict[str, Any]]


def identifier(name: str) -> str:
    """A Python name for a name of the contract, as openapi-python-client makes it."""
    return str(strings.PythonIdentifier(name, "field_"))


def class_name(name: str) -> str:
    """A Python class name for a name of the contract, as openapi-python-client makes it."""
    return str(strings.ClassName(name, "field_"))


def endpoints(document: Document) -> list[Endpoint]:
    """Every operation of a lowered document."""
    return [
        _endpoint(document, path, method, operation) for path, method, operation in operations(document.data)
    ]


def _endpoint(document: Document, path: str, method: str, operation: dict[str, Any]) -> Endpoint:
    name = (
        operation.get("operationId")
        or f"{method}_{path.strip('/').replace('{', '').replace('}', '').replace('/', '_')}"
    )
    content = follow(document.data, operation.get("requestBody", {})).get("content", {})
    shared = document.data["paths"][path].get("parameters", ())
    parameters = {
        (parameter["name"], parameter["in"]): parameter
        for parameter in (
            follow(document.data, given) for given in [*shared, *operation.get("parameters", ())]
        )
    }
    return Endpoint(
        id=name,
        module=identifier(name),
        path=path,
        method=method,
        pointer=f"/paths/{escape(path)}/{method}",
        data=operation,
        parameters=tuple(parameters.values()),
        bodies={
            media: tuple(variants(document.data, given.get("schema", {}))) for media, given in content.items()
        },
        encodings={media: given.get("encoding", {}) for media, given in content.items()},
    )


def follow(data: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """`value`, or what its `$ref` leads to."""
    while "$ref" in value:
        value = resolve(data, value["$ref"][1:])
    return value


def variants(data: dict[str, Any], schema: dict[str, Any], name: str | None = None) -> list[Variant]:
    """The object schemas that a schema stands for, unions flattened, in the document's order."""
    if "$ref" in schema:
        return variants(data, resolve(data, schema["$ref"][1:]), schema["$ref"].rpartition("/")[2])
    branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    if branches and "properties" not in schema:
        return [found for branch in branches for found in variants(data, branch)]
    return [Variant(name, schema)]
