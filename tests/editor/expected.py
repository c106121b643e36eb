"""What editors should know about the client, read from `openapi.yaml` and from nothing that is generated.

The contract states the methods (`x-sdk`) and their arguments (properties of the variants, parameters). The
options that every method has, such as `timeout`, are listed here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
_CONTRACT: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
_SDK: dict[str, Any] = _CONTRACT["x-sdk"]
_SCHEMAS: dict[str, Any] = _CONTRACT["components"]["schemas"]

PACKAGE: str = _SDK["package"]
CLIENT: str = _SDK["client"]
RESOURCES = tuple(_SDK["resources"])
_PYTHON_TYPES = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"}


class Keyword(NamedTuple):
    """An argument that a method takes by its name."""

    name: str
    types: frozenset[str] = frozenset()
    """Words that the annotation holds."""
    default: str | None = None
    """The default as source text; None if the argument is required."""
    descriptions: frozenset[str] = frozenset()
    """The contract's descriptions, of which the documentation holds one; empty if the contract has none."""


class Overload(NamedTuple):
    """Another result when an argument has a value."""

    keyword: str
    value: object
    result: str

    def __str__(self) -> str:
        return f"{self.keyword}={self.value!r}"


class Method(NamedTuple):
    """A method of a resource, whatever the surface."""

    resource: str
    name: str
    keywords: tuple[Keyword, ...]
    results: tuple[str, ...]
    overloads: tuple[Overload, ...] = ()
    sends_one_request: bool = True
    """If not, the method waits for a job: it cannot be prepared or streamed."""

    @property
    def arguments(self) -> str:
        """The required arguments, as the source text of a call that type checkers accept."""
        required = (keyword for keyword in self.keywords if keyword.default is None)
        return ", ".join(
            f"{keyword.name}={'b' if 'FileInput' in keyword.types else ''}'x'" for keyword in required
        )


# `Seconds` is a number, a `Timeout`, None or UNSET; editors show the alias or what it stands for.
_OPTIONS = (
    Keyword("timeout", default="UNSET"),
    Keyword("retry_unknown", frozenset({"bool", "None"}), "None"),
)
_EXTRA = Keyword("extra", frozenset({"Mapping", "None"}), "None")
_WAIT_OPTIONS = (
    Keyword("interval", frozenset({"float", "None"}), "None"),
    Keyword("timeout", frozenset({"float", "None"}), "None"),
)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _resolve(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference into the components; what stands beside it counts more than its target."""
    if "$ref" not in node:
        return node
    _, section, name = node["$ref"].removeprefix("#/").split("/")
    target: dict[str, Any] = _CONTRACT["components"][section][name]
    return {**target, **node}


def _types(schema: dict[str, Any]) -> Iterator[str]:
    """Words that the annotation of an argument with this schema holds."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]
    elif "oneOf" in schema:
        for choice in schema["oneOf"]:
            yield from _types(choice)
    elif "contentMediaType" in schema:
        yield "FileInput"
    elif schema["type"] == "array":
        yield "Sequence"
        yield from _types(schema["items"])
    else:
        yield _PYTHON_TYPES[schema["type"]]


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    """The properties that a variant may have, with those of what it extends; `name: false` forbids one."""
    properties: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        properties |= _properties(_resolve(part))
    properties |= schema.get("properties", {})
    return properties


def _required(schema: dict[str, Any]) -> set[str]:
    parts = (_required(_resolve(part)) for part in schema.get("allOf", ()))
    return set(schema.get("required", ())).union(*parts)


def _property_keywords(variants: list[str]) -> Iterator[Keyword]:
    """The arguments of a method whose request is one of several variants; required is what all require."""
    schemas = [_SCHEMAS[variant] for variant in variants]
    alternatives: dict[str, list[dict[str, Any]]] = {}
    for schema in schemas:
        for name, declared in _properties(schema).items():
            if declared is not False:
                alternatives.setdefault(name, []).append(declared)
    for name, declarations in alternatives.items():
        types = {word for declared in declarations for word in _types(declared)}
        descriptions = {_resolve(declared)["description"] for declared in declarations}
        required = all(name in _required(schema) for schema in schemas)
        yield _keyword(name, types, descriptions, required=required)


def _parameter_keywords(operation: dict[str, Any]) -> Iterator[Keyword]:
    for parameter in map(_resolve, operation.get("parameters", ())):
        types = set(_types(parameter["schema"]))
        yield _keyword(parameter["name"], types, {parameter["description"]}, required=parameter["required"])


def _keyword(name: str, types: set[str], descriptions: set[str], *, required: bool) -> Keyword:
    # Docstrings wrap their text anew, so only the words count.
    words = frozenset(" ".join(description.split()) for description in descriptions)
    if required:
        return Keyword(_snake_case(name), frozenset(types), None, words)
    return Keyword(_snake_case(name), frozenset({*types, "None"}), "None", words)


def _methods() -> Iterator[Method]:
    results_by_operation: dict[str, tuple[str, ...]] = {}
    starting_methods: dict[str, Method] = {}
    for operation in (operation for path in _CONTRACT["paths"].values() for operation in path.values()):
        for method in operation["x-sdk"]["methods"]:
            variants = method.get("variants", [])
            keywords = [*_parameter_keywords(operation), *_property_keywords(variants)]
            # Only a body can carry properties that the contract does not know.
            keywords += [_EXTRA, *_OPTIONS] if variants else _OPTIONS
            overloads = tuple(
                Overload(overload["field"], overload["equals"], overload["result"])
                for overload in method.get("overloads", ())
            )
            results = tuple(method["results"])
            results_by_operation[operation["operationId"]] = results
            described = Method(method["resource"], method["method"], tuple(keywords), results, overloads)
            starting_methods |= dict.fromkeys(results, described)
            yield described
    for wait in _SDK["waits"]:
        job = Keyword("job", frozenset({wait["job"], "str"}))
        kept = (
            Keyword(source, frozenset({"str", "None"}), "None")
            for source in wait["parameters"].values()
            if source != "id"
        )
        # A callable that takes the state; some editors write it with an arrow, some as `Callable`.
        state = frozenset({*results_by_operation[wait["status"]], "None"})
        on_progress = Keyword("on_progress", state, "None")
        results = results_by_operation[wait["result"]]
        waiting = (job, *kept, on_progress, *_WAIT_OPTIONS)
        yield Method(wait["resource"], wait["method"], waiting, results, sends_one_request=False)
        start = starting_methods[wait["job"]]
        interval, timeout = _WAIT_OPTIONS
        starting = (*start.keywords, on_progress, interval, timeout._replace(name="wait_timeout"))
        yield Method(start.resource, f"{start.name}_and_wait", starting, results, sends_one_request=False)


METHODS = tuple(_methods())


def _attributes(result: dict[str, Any]) -> frozenset[str]:
    """What a result of this description offers to its user."""
    kinds = {"media": ("save", "content", "media_type"), "text": ("text",), "stream": ("save",)}
    names = {*kinds.get(result["kind"], ()), *result.get("fields", {})}
    if "id" in result:
        names.add(result["id"]["name"])
    return frozenset(names)


ATTRIBUTES = {name: _attributes(result) for name, result in _SDK["results"].items()}
STREAMS = frozenset(name for name, result in _SDK["results"].items() if result["kind"] == "stream")
