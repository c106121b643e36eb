"""What each operation of the document sends and answers: parameters, bodies, variants, responses, server."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import escape, follow_reference, resolve
from ..loading.operations import list_operations
from ..media_types import is_events, is_json
from ..names import modules
from .sdk import url_of
from .types import ValueType

# If two parameters have the same name, the one whose location comes first here keeps it.
_LOCATIONS = ("path", "query", "header", "cookie")


@frozen
class Variant:
    """One schema that a body may follow; `name` if it is a component."""

    name: str | None
    schema: dict[str, Any]


@frozen
class OperationSpec:
    """An operation as the lowered document states it.

    `module` is the name of its modules, which no other operation has. `bodies` are the variants by media
    type, `responses` the response objects by status. `server` is empty if the operation has no own server.
    """

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

    @property
    def route(self) -> str:
        """Method and path, such as `GET /things`."""
        return f"{self.method.upper()} {self.path}"

    @property
    def is_body_required(self) -> bool:
        """Whether a request must have a body."""
        return bool(self.body.get("required"))


@frozen
class OperationTypes:
    """The types of an operation's values: of its bodies, its parameters, and its answers of JSON or events.

    Parameters are in the order of the operation. Answers are by status and media type.
    """

    bodies: tuple[ValueType, ...]
    parameters: tuple[ValueType, ...]
    answers: Mapping[tuple[str, str], ValueType]


def list_operation_specs(document: Document) -> list[OperationSpec]:
    """Return every operation of a lowered document, in its order."""
    operations = list_operations(document.data)
    module_names = modules(operation["operationId"] for _, _, operation in operations)
    return [
        _describe_operation(document.data, path, method, operation, module)
        for (path, method, operation), module in zip(operations, module_names, strict=True)
    ]


def _describe_operation(
    data: dict[str, Any], path: str, method: str, operation: dict[str, Any], module: str
) -> OperationSpec:
    body = follow_reference(data, operation.get("requestBody", {}))
    return OperationSpec(
        id=operation["operationId"],
        module=module,
        path=path,
        method=method,
        pointer=f"/paths/{escape(path)}/{method}",
        data=operation,
        parameters=_list_parameters(data, path, operation),
        body=body,
        bodies={
            media_type: tuple(list_variants(data, content.get("schema", {})))
            for media_type, content in body.get("content", {}).items()
        },
        responses={
            str(status): follow_reference(data, response)
            for status, response in operation.get("responses", {}).items()
        },
        server=_find_server(data, path, operation),
    )


def _find_server(data: dict[str, Any], path: str, operation: dict[str, Any]) -> str:
    """Return the server of an operation that has its own: a path on the host of the others, or a URL.

    Else empty.
    """
    servers = operation.get("servers") or data["paths"][path].get("servers")
    if not servers:
        return ""
    root_url = next((url_of(server) for server in data.get("servers", ())), "")
    url, root = urlsplit(url_of(servers[0])), urlsplit(root_url)
    if url.geturl().rstrip("/") == root_url.rstrip("/"):
        return ""
    if url.netloc and (url.scheme, url.netloc) != (root.scheme, root.netloc):
        return url.geturl().rstrip("/")
    return "/" + url.path.strip("/")


def list_success_statuses(operation: OperationSpec) -> list[str]:
    """Return the statuses of success, redirects included.

    `default` counts only if there is no other status: otherwise it describes failures.
    """
    statuses = [status for status in operation.responses if status.startswith("2")]
    statuses += list_redirect_statuses(operation)
    return statuses or [status for status in operation.responses if status == "default"]


def list_redirect_statuses(operation: OperationSpec) -> list[str]:
    """Return the documented redirects that are a success: all that the operation does is to lead elsewhere.

    One with content, beside another success, describes a failure. Only a conditional request gets a 304.
    """
    has_other_success = any(status.startswith("2") for status in operation.responses)
    return [
        status
        for status, response in operation.responses.items()
        if status.startswith("3") and status != "304" and not (has_other_success and response.get("content"))
    ]


def list_json_answers(operation: OperationSpec) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each answer of JSON, or of events that hold JSON: its status, media type and schema."""
    for status, response in operation.responses.items():
        for media_type, content in response.get("content", {}).items():
            schema = content.get("schema", {})
            if is_json(media_type) or (is_events(media_type) and schema.get("type") == "array"):
                yield status, media_type, schema


def _list_parameters(
    data: dict[str, Any], path: str, operation: dict[str, Any]
) -> tuple[dict[str, Any], ...]:
    """Return the parameters of an operation and of its path; the operation's replace the path's.

    Where several locations have a parameter of one name, all but the first get a key in `x-lowered-name`.
    """
    written_parameters = [*data["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    parameters: dict[tuple[str, str], dict[str, Any]] = {}
    for written_parameter in written_parameters:
        parameter = follow_reference(data, written_parameter)
        parameters[parameter["name"], parameter["in"]] = parameter
    taken_keys = {name for name, _ in parameters}
    first_locations = {
        name: location
        for location in reversed(_LOCATIONS)
        for name, parameter_location in parameters
        if parameter_location == location
    }
    for (name, location), parameter in parameters.items():
        if first_locations[name] != location:
            key = f"{location}_{name}"
            while key in taken_keys:
                key += "_"
            taken_keys.add(key)
            parameters[name, location] = {**parameter, "x-lowered-name": key}
    return tuple(parameters.values())


def parameter_key(parameter: dict[str, Any]) -> str:
    """Return the name of a parameter in calls: its name, or a key if an earlier location has that name."""
    return str(parameter.get("x-lowered-name", parameter["name"]))


def parameter_schema(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter, which may stand under a media type."""
    content = parameter.get("content")
    holder = next(iter(content.values())) if content else parameter
    schema: dict[str, Any] = holder.get("schema", {})
    return schema


def list_variants(data: dict[str, Any], schema: dict[str, Any], name: str | None = None) -> list[Variant]:
    """Return the schemas that a schema stands for, unions flattened, in the document's order.

    `name` is the name of the component, if `schema` is a component.
    """
    if "$ref" in schema:
        return list_variants(data, resolve(data, schema["$ref"][1:]), schema["$ref"].rpartition("/")[2])
    branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    if branches and "properties" not in schema:
        return [variant for branch in branches for variant in list_variants(data, branch)]
    return [Variant(name, schema)]
