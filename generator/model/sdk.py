"""`x-sdk` as typed values, and the defaults for a document that has none."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from attrs import field, frozen

from ..loading.document import Document
from ..loading.operations import list_operations
from ..names import identifier
from ..runtime.contract import SHARED_KEY
from .sdk_names import SdkNames, choose_names
from .security import KeyArgument, is_key_optional, list_key_arguments, needs_key


@frozen
class Overload:
    """Another result class when the argument `field` equals a value."""

    field: str
    equals: bool | str
    result: str


@frozen
class Deprecation:
    """What callers are told about something that is deprecated; each text may be empty.

    `since` is the version of the SDK that deprecated it. `replacement` is the property, the parameter or the
    method to use in its place, as the contract names it. `note` is a sentence.
    """

    since: str = ""
    replacement: str = ""
    note: str = ""


def read_deprecation(value: dict[str, Any]) -> Deprecation | None:
    """Return the deprecation of a schema, a parameter or an operation; None if it is not deprecated."""
    if not value.get("deprecated"):
        return None
    return Deprecation(**value.get("x-sdk", {}).get("deprecated", {}))


@frozen
class PaginationSpec:
    """How the items of an operation come page by page; see `runtime.contract.Pages`.

    `method` is the name of the method that goes through them; empty for the name of the method with `_all`.
    """

    style: Literal["link", "cursor", "page", "offset"]
    items: str
    parameter: str = ""
    next: str = ""
    last_item: str = ""
    more: str = ""
    total: str = ""
    first: int = 1
    method: str = ""

    def name_method(self, method: str) -> str:
        """Return the name of the method that goes through all pages of `method`."""
        return self.method or f"{method}_all"


def read_pagination(operation: dict[str, Any]) -> PaginationSpec | None:
    """Return the pagination of an operation; None if its `x-sdk` says nothing of it."""
    pagination = operation.get("x-sdk", {}).get("pagination")
    return PaginationSpec(**pagination) if pagination else None


@frozen
class MethodSpec:
    """One method of the SDK, as the operation's `x-sdk` says.

    Without `results` it returns what the contract types. It `is_default` if no `x-sdk` names it.
    """

    operation_id: str
    resource: str
    method: str
    summary: str
    results: tuple[str, ...]
    variants: tuple[str, ...] = ()
    encoding: str | None = None
    timeout: float = 60.0
    overloads: tuple[Overload, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    deprecation: Deprecation | None = None
    is_default: bool = False
    pagination: PaginationSpec | None = None


@frozen
class WaitSpec:
    """One method that waits for a job."""

    resource: str
    method: str
    description: str
    job: str
    status: str
    result: str
    parameters: dict[str, str]
    state: str
    done: tuple[str, ...] = field(converter=tuple)
    failed: tuple[str, ...] = field(converter=tuple)
    message: str = "/error"
    interval: float = 2.0
    timeout: float = 600.0

    @property
    def kept_names(self) -> list[str]:
        """The fields of the request that the wait needs, and that a bare id does not have."""
        return [name for name in dict.fromkeys(self.parameters.values()) if name != "id"]


@frozen
class CommandSpec:
    """One command of the console script: a method, or the module of a server."""

    method: str = ""
    argument: str = ""
    serve: str = ""
    install: str = ""


def locate_command(name: str) -> str:
    """Return the JSON pointer to a command, whose name is two words if it is in a group."""
    return "/x-sdk/commands/" + name.replace(" ", "/commands/")


@frozen
class HeaderGroup:
    """A property of `meta`: the headers whose names hold one of these words."""

    description: str
    words: tuple[str, ...] = field(converter=tuple)


@frozen
class Sdk:
    """The SDK as a whole."""

    distribution: str
    package: str
    client: str
    version: str
    key_variable: str
    keys: tuple[KeyArgument, ...]
    is_key_optional: bool
    base_url_variable: str
    option_variables: dict[str, str]
    servers: tuple[str, ...]
    resources: dict[str, str]
    results: dict[str, dict[str, Any]]
    methods: tuple[MethodSpec, ...]
    waits: tuple[WaitSpec, ...]
    commands: dict[str, CommandSpec]
    unknown_outcome: str
    header_groups: dict[str, HeaderGroup]
    has_default_methods: bool = True

    @property
    def own_keys(self) -> list[KeyArgument]:
        """The arguments for the keys of single schemes, besides the one that every client has."""
        return [key for key in self.keys if key.argument != SHARED_KEY]

    @property
    def key_pairs(self) -> tuple[tuple[str, str], ...]:
        """The arguments for keys with their environment variables."""
        return tuple((key.argument, key.variable) for key in self.keys)

    def job_fields(self, method: str) -> list[str] | None:
        """Return the fields that a method which waits needs beside the job's id; None if it does not wait."""
        for wait in self.waits:
            if f"{wait.resource}.{wait.method}" == method:
                return wait.kept_names
        return None

    def wait_for_job_of(self, spec: MethodSpec) -> WaitSpec | None:
        """Return the wait for the job that a method starts; None if it starts none that is waited for."""
        return next((wait for wait in self.waits if wait.job in spec.results), None)

    def wait_of(self, method: str) -> str | None:
        """Return the method that waits for the job that `method`, such as `videos.generate`, starts."""
        for spec in self.methods:
            wait = self.wait_for_job_of(spec)
            if wait and f"{spec.resource}.{spec.method}" == method:
                return f"{wait.resource}.{wait.method}"
        return None

    @cached_property
    def methods_by_operation(self) -> Mapping[str, list[MethodSpec]]:
        """The methods that call each operation, by operationId."""
        methods: dict[str, list[MethodSpec]] = {}
        for spec in self.methods:
            methods.setdefault(spec.operation_id, []).append(spec)
        return methods

    @cached_property
    def method_names(self) -> frozenset[tuple[str, str]]:
        """The resource and the name of each method, those that wait included."""
        waiting = [
            (wait.resource, name)
            for wait in self.waits
            for name in (wait.method, *(f"{spec.method}_and_wait" for spec in self.methods))
        ]
        paging = [
            (spec.resource, spec.pagination.name_method(spec.method))
            for spec in self.methods
            if spec.pagination is not None
        ]
        return frozenset([*((spec.resource, spec.method) for spec in self.methods), *waiting, *paging])

    @property
    def declared_resources(self) -> dict[str, str]:
        """The resources that have a method of `x-sdk`, or one that waits, with their descriptions."""
        names = {wait.resource for wait in self.waits}
        names |= {spec.resource for spec in self.methods if not spec.is_default}
        names |= self.resources.keys() - {spec.resource for spec in self.methods}
        return {name: description for name, description in self.resources.items() if name in names}

    @property
    def has_lazy_resources(self) -> bool:
        """Whether resources are imported when they are first used: default methods may be hundreds."""
        return any(spec.is_default for spec in self.methods)

    @property
    def result_classes(self) -> list[str]:
        """The names of the result classes; a stream has one for each of the two clients."""
        return [
            prefix + name
            for name, result in self.results.items()
            for prefix in (("", "Async") if result["kind"] == "stream" else ("",))
        ]


def read_sdk(document: Document, chosen_names: SdkNames = SdkNames()) -> Sdk:  # noqa: B008 - immutable
    """Return the SDK that a document asks for, which has passed the rules of `validation`.

    `chosen_names` are those of the command line.
    """
    data = document.data
    x_sdk = data.get("x-sdk", {})
    names = choose_names(chosen_names, x_sdk, data["info"]["title"])
    package = names.package
    environment = x_sdk.get("environment", {})
    header_groups = x_sdk.get("header_groups", {})
    key_variable = environment.get("api_key", f"{package.upper()}_API_KEY") if needs_key(data) else ""
    return Sdk(
        distribution=names.distribution,
        package=package,
        client=names.client,
        version=x_sdk.get("version", "0.1.0"),
        key_variable=key_variable,
        keys=list_key_arguments(data, package, key_variable),
        is_key_optional=bool(key_variable) and is_key_optional(data),
        base_url_variable=environment.get("base_url", f"{package.upper()}_BASE_URL"),
        option_variables={
            identifier(name): variable for name, variable in environment.get("options", {}).items()
        },
        servers=tuple(url for server in data.get("servers", ()) if "://" in (url := url_of(server))),
        resources=x_sdk.get("resources", {}),
        results=x_sdk.get("results", {}),
        methods=tuple(_list_methods(document)),
        waits=tuple(WaitSpec(**wait) for wait in x_sdk.get("waits", ())),
        commands={name: CommandSpec(**command) for name, command in list_commands(x_sdk)},
        unknown_outcome=x_sdk.get("unknown_outcome", "It may have been carried out").rstrip("."),
        header_groups={name: HeaderGroup(**group) for name, group in header_groups.items()},
        has_default_methods=x_sdk.get("default_methods", True),
    )


def list_commands(x_sdk: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the commands of `x-sdk` with their names; those of a group are named by two words."""
    for name, command in x_sdk.get("commands", {}).items():
        if "commands" in command:
            for name_in_group, command_in_group in command["commands"].items():
                yield f"{name} {name_in_group}", command_in_group
        else:
            yield name, command


def url_of(server: dict[str, Any]) -> str:
    """Return a server's URL with the defaults of its variables filled in."""
    url = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        url = url.replace("{" + name + "}", str(variable["default"]))
    return url


def _list_methods(document: Document) -> list[MethodSpec]:
    return [
        MethodSpec(
            operation_id=operation.get("operationId", ""),
            resource=method["resource"],
            method=method["method"],
            summary=method["summary"],
            results=tuple(method.get("results", ())),
            variants=tuple(method.get("variants", ())),
            encoding=method.get("encoding"),
            timeout=float(method.get("timeout", 60)),
            overloads=tuple(Overload(**overload) for overload in method.get("overloads", ())),
            exclusive=tuple(tuple(names) for names in method.get("exclusive", ())),
            # A method has no `deprecated: true` of OpenAPI, so the object alone marks it.
            deprecation=Deprecation(**method["deprecated"]) if "deprecated" in method else None,
            pagination=read_pagination(operation),
        )
        for _, _, operation in list_operations(document.data)
        for method in operation.get("x-sdk", {}).get("methods", ())
    ]
