"""What each operation sends: its parameters, and the variants that each media type may hold."""

from collections.abc import Collection, Iterable
from typing import Any

from attrs import frozen
from openapi_python_client import strings

from ..errors import GeneratorError
from ..spec import Document, escape, resolve
from .sdk import operations

# Names that generated modules import, and that a class of the contract would hide.
_RESERVED_CLASSES = (
    *("Any", "AsyncCore", "BODIES", "Call", "Callable", "Core", "File", "FileInput", "Literal", "Mapping"),
    *(
        "OPERATION",
        "RAW",
        "RawResponse",
        "Response",
        "Self",
        "Sequence",
        "Success",
        "TYPE_CHECKING",
        "Timeout",
    ),
    *("ClosedObject", "OpenObject", "TypeAlias", "UNSET", "UUID", "Unset", "Wait", "Answer", "Body"),
)


@frozen
class Variant:
    """One object schema that a body may be; `name` if it is a component."""

    name: str | None
    schema: dict[str, Any]


@frozen
class Endpoint:
    """An operation of the lowered document; `module` is the name of its modules, unlike any other's."""

    id: str
    module: str
    path: str
    method: str
    pointer: str
    data: dict[str, Any]
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any]
    bodies: dict[str, tuple[Variant, ...]]
    responses: dict[str, dict[str, Any]]


def identifier(name: str) -> str:
    """A Python name for a name of the contract, as openapi-python-client makes it."""
    return str(strings.PythonIdentifier(name, "field_"))


def class_name(name: str) -> str:
    """A Python class name for a name of the contract, as openapi-python-client makes it."""
    return str(strings.ClassName(name, "field_"))


def model_name(name: str) -> str:
    """The class of a component: `class_name`, unless generated modules use that name for something else."""
    return class_overrides().get(class_name(name), class_name(name))


def class_overrides() -> dict[str, str]:
    """What classes are called in place of names that are taken."""
    return {name: f"{name.title() if name.isupper() else name}Model" for name in _RESERVED_CLASSES}


def distinct(names: Iterable[str], reserved: Collection[str] = ()) -> list[str]:
    """A Python name for each name of the contract, none of them `reserved`, no two alike."""
    found: list[str] = []
    for name in names:
        plain = identifier(name)
        free, number = f"{plain}_" if plain in reserved else plain, 2
        while free in found or free in reserved:
            free, number = f"{plain}_{number}", number + 1
        found.append(free)
    return found


def endpoints(document: Document) -> list[Endpoint]:
    """Every operation of a lowered document."""
    found = operations(document.data)
    modules = distinct([operation["operationId"] for _, _, operation in found])
    return [
        _endpoint(document, path, method, operation, module)
        for (path, method, operation), module in zip(found, modules, strict=True)
    ]


def _endpoint(document: Document, path: str, method: str, operation: dict[str, Any], module: str) -> Endpoint:
    data, pointer = document.data, f"/paths/{escape(path)}/{method}"
    body = follow(data, operation.get("requestBody", {}))
    return Endpoint(
        id=operation["operationId"],
        module=module,
        path=path,
        method=method,
        pointer=pointer,
        data=operation,
        parameters=_parameters(data, path, operation, pointer),
        body=body,
        bodies={
            media: tuple(variants(data, given.get("schema", {})))
            for media, given in body.get("content", {}).items()
        },
        responses={
            str(status): follow(data, response) for status, response in operation.get("responses", {}).items()
        },
    )


def successful(endpoint: Endpoint) -> list[str]:
    """The statuses of success; `default` is one only if it is all there is: mostly it means failure."""
    found = [status for status in endpoint.responses if status.startswith("2")]
    return found or [status for status in endpoint.responses if status == "default"]


def _parameters(
    data: dict[str, Any], path: str, operation: dict[str, Any], pointer: str
) -> tuple[dict[str, Any], ...]:
    """The operation's own parameters and the path's; those of its own come before what they stand for."""
    given = [*data["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    found = {(one["name"], one["in"]): one for one in (follow(data, one) for one in given)}
    names = [name for name, _ in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise GeneratorError(
            f"two parameters are called `{twice}`",
            pointer=f"{pointer}/parameters",
            hint="a call cannot tell them apart: give one another name, or take it out",
        )
    return tuple(found.values())


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
