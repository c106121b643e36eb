"""The names that the contract gives to the client: what `surface.txt` does not pin."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen


@frozen
class MethodNames:
    """A method that the contract names, and its arguments that the contract names."""

    resource: str
    name: str
    kind: str
    """What decides which options the generator adds."""
    arguments: frozenset[str]


@frozen
class ContractNames:
    """What of the client's surface follows from the contract alone."""

    attributes: frozenset[str]
    """Of the clients the resources, of what every result tells of its call the groups of headers."""
    results: dict[str, frozenset[str]]
    """The fields of each result, by its name."""
    methods: tuple[MethodNames, ...]

    @classmethod
    def of(cls, document: dict[str, Any]) -> "ContractNames":
        """Read the names of a contract."""
        sdk = document["x-sdk"]
        results = {name: frozenset(result_fields(result)) for name, result in sdk["results"].items()}
        attributes = frozenset({*sdk["resources"], *sdk.get("header_groups", ())})
        return cls(attributes, results, tuple(methods(document)))

    def fields_of(self, name: str) -> frozenset[str] | None:
        """Return the fields of a result or of its asynchronous twin; None if the name is of no result."""
        return self.results.get(name, self.results.get(name.removeprefix("Async")))

    def without_results(self, line: str) -> str:
        """Return a line with `RESULT` in the place of the names of results."""
        names = "|".join(sorted(self.results, key=len, reverse=True))
        return re.sub(rf"\b(Async)?({names})\b( \| (Async)?({names})\b)*", "RESULT", line)


def result_fields(result: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the fields of a result."""
    yield from result.get("fields", {})
    if "id" in result:
        yield result["id"]["name"]


def methods(document: dict[str, Any]) -> Iterator[MethodNames]:
    """Yield the methods over operations, and those that wait for a job."""
    described: list[tuple[dict[str, Any], MethodNames]] = []
    for operation in [operation for item in document["paths"].values() for operation in item.values()]:
        parameters = [resolve(document, node)["name"] for node in operation.get("parameters", ())]
        for method in operation.get("x-sdk", {}).get("methods", ()):
            variants = method.get("variants", ())
            kind = "method with a body" if variants else "method without a body"
            fields = [name for variant in variants for name in property_names(document, variant)]
            names = frozenset(map(snake_case, (*parameters, *fields)))
            described.append((method, MethodNames(method["resource"], method["method"], kind, names)))
    yield from (names for _, names in described)
    for wait in document["x-sdk"].get("waits", ()):
        kept = frozenset(snake_case(name) for name in wait["parameters"].values() if name != "id")
        yield MethodNames(wait["resource"], wait["method"], "method that waits", kept)
        for method, start in described:
            if wait["job"] in method["results"]:
                name = f"{start.name}_and_wait"
                yield MethodNames(start.resource, name, "method that starts and waits", start.arguments)


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    target: Any = document
    if "$ref" not in node:
        return node
    for token in node["$ref"].removeprefix("#/").split("/"):
        target = target[token]
    return {**target}


def property_names(document: dict[str, Any], variant: str) -> set[str]:
    """Return the names of the properties of a variant and of what it extends."""
    schema = document["components"]["schemas"][variant]
    parts = [part["$ref"].rpartition("/")[2] for part in schema.get("allOf", ()) if "$ref" in part]
    return {*schema.get("properties", ())}.union(*(property_names(document, part) for part in parts))


def snake_case(name: str) -> str:
    """Return the name of an argument for a name of the contract."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
