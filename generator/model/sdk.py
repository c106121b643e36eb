"""`x-sdk` as typed values, and the defaults for a document that has none."""

import re
from typing import Any

from attrs import field, frozen

from ..loading.document import Document
from ..loading.operations import list_operations
from ..names import is_taken_package, shortened


@frozen
class Overload:
    """Another result class when the argument `field` equals a value."""

    field: str
    equals: bool | str
    result: str


@frozen
class MethodSpec:
    """One method of the SDK, as the operation's `x-sdk` says."""

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


@frozen
class CommandSpec:
    """One command of the console script: a method, or the module of a server."""

    method: str = ""
    argument: str = ""
    serve: str = ""
    install: str = ""


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
    base_url_variable: str
    servers: tuple[str, ...]
    resources: dict[str, str]
    results: dict[str, dict[str, Any]]
    methods: tuple[MethodSpec, ...]
    waits: tuple[WaitSpec, ...]
    commands: dict[str, CommandSpec]
    unknown_outcome: str
    header_groups: dict[str, HeaderGroup]

    def wait_of(self, method: str) -> str | None:
        """The method that waits for the job that `method`, such as `videos.generate`, starts."""
        started = {
            name
            for spec in self.methods
            if f"{spec.resource}.{spec.method}" == method
            for name in spec.results
        }
        return next((f"{wait.resource}.{wait.method}" for wait in self.waits if wait.job in started), None)


def read_sdk(document: Document) -> Sdk:
    """Return the SDK that a document asks for, which has passed the rules of `validation`."""
    data = document.data
    given = data.get("x-sdk", {})
    words = re.findall(r"[A-Za-z0-9]+", data["info"]["title"]) or ["api"]
    package = given.get("package") or _package(words)
    environment = given.get("environment", {})
    return Sdk(
        distribution=given.get("distribution", package.replace("_", "-")),
        package=package,
        client=given.get("client")
        or re.sub(r"^(?=[0-9])", "Api", "".join(word[0].upper() + word[1:] for word in words)),
        version=given.get("version", "0.1.0"),
        key_variable=_key_variable(data, environment.get("api_key", f"{package.upper()}_API_KEY")),
        base_url_variable=environment.get("base_url", f"{package.upper()}_BASE_URL"),
        servers=tuple(url for server in data.get("servers", ()) if "://" in (url := url_of(server))),
        resources=given.get("resources", {}),
        results=given.get("results", {}),
        methods=tuple(_methods(document)),
        waits=tuple(WaitSpec(**wait) for wait in given.get("waits", ())),
        commands={name: CommandSpec(**command) for name, command in given.get("commands", {}).items()},
        unknown_outcome=given.get("unknown_outcome", "It may have been carried out").rstrip("."),
        header_groups={name: HeaderGroup(**group) for name, group in given.get("header_groups", {}).items()},
    )


def _package(words: list[str]) -> str:
    """The package of a document that names none: its title's words."""
    plain = shortened(re.sub(r"^(?=[0-9])", "api_", "_".join(words).lower()))
    return f"{plain}_api" if is_taken_package(plain) else plain


def _key_variable(data: dict[str, Any], name: str) -> str:
    """The variable of the key; empty if no operation needs one."""
    shared = data.get("security", [])
    asked = [operation.get("security", shared) for _, _, operation in list_operations(data)]
    return name if any(requirement for security in asked for requirement in security) else ""


def url_of(server: dict[str, Any]) -> str:
    """A server's URL with the defaults of its variables filled in."""
    url = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        url = url.replace("{" + name + "}", str(variable["default"]))
    return url


def _methods(document: Document) -> list[MethodSpec]:
    return [
        MethodSpec(
            operation_id=operation.get("operationId", ""),
            resource=given["resource"],
            method=given["method"],
            summary=given["summary"],
            results=tuple(given["results"]),
            variants=tuple(given.get("variants", ())),
            encoding=given.get("encoding"),
            timeout=float(given.get("timeout", 60)),
            overloads=tuple(Overload(**overload) for overload in given.get("overloads", ())),
            exclusive=tuple(tuple(names) for names in given.get("exclusive", ())),
        )
        for _path, _method, operation in list_operations(document.data)
        for given in operation.get("x-sdk", {}).get("methods", ())
    ]
