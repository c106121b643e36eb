"""What each operation sends: its parameters, and the variants that each media type may hold."""

from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import escape, resolve
from ..loading.operations import list_operations
from ..names import modules
from .sdk import url_of

# Where parameters stand; of two with one name the one that stands in the earlier place keeps it.
_PLACES = ("path", "query", "header", "cookie")


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
    server: str


def endpoints(document: Document) -> list[Endpoint]:
    """Every operation of a lowered document."""
    found = list_operations(document.data)
    named = modules(operation["operationId"] for _, _, operation in found)
    return [
        _endpoint(document, path, method, operation, module)
        for (path, method, operation), module in zip(found, named, strict=True)
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
        parameters=_parameters(data, path, operation),
        body=body,
        bodies={
            media: tuple(variants(data, given.get("schema", {})))
            for media, given in body.get("content", {}).items()
        },
        responses={
            str(status): follow(data, response) for status, response in operation.get("responses", {}).items()
        },
        server=_server(data, path, operation),
    )


def _server(data: dict[str, Any], path: str, operation: dict[str, Any]) -> str:
    """Where this operation is, if not with the others: a path on their host, or a URL."""
    own = operation.get("servers") or data["paths"][path].get("servers")
    if not own:
        return ""
    root = next((url_of(server) for server in data.get("servers", ())), "")
    url, shared = urlsplit(url_of(own[0])), urlsplit(root)
    if url.geturl().rstrip("/") == root.rstrip("/"):
        return ""
    if url.netloc and (url.scheme, url.netloc) != (shared.scheme, shared.netloc):
        return url.geturl().rstrip("/")
    return "/" + url.path.strip("/")


def successful(endpoint: Endpoint) -> list[str]:
    """The statuses of success; `default` is one only if it is all there is: mostly it means failure."""
    found = [status for status in endpoint.responses if status.startswith("2")]
    return found or [status for status in endpoint.responses if status == "default"]


def _parameters(data: dict[str, Any], path: str, operation: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The operation's own parameters and the path's; those of its own come before what they stand for."""
    given = [*data["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    found = {(one["name"], one["in"]): one for one in (follow(data, one) for one in given)}
    taken = {name for name, _ in found}
    first = {name: place for place in reversed(_PLACES) for name, other in found if other == place}
    for (name, place), one in found.items():
        if first[name] != place:
            key = f"{place}_{name}"
            while key in taken:
                key += "_"
            taken.add(key)
            found[name, place] = {**one, "x-lowered-name": key}
    return tuple(found.values())


def parameter_key(given: dict[str, Any]) -> str:
    """What calls name a parameter by: its name, or place and name if an earlier place has that name."""
    return str(given.get("x-lowered-name", given["name"]))


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
