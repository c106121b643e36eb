"""Calls the built client as `x-sdk` says: which method serves a variant, and with which arguments."""

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from eigen_contract.compose import Upload
from eigen_contract.spec import Contract, Document, Operation, Variant


@frozen
class Method:
    """One method of the client, as the spec announces it."""

    resource: str
    name: str
    operation: Operation
    document: Document

    def __str__(self) -> str:
        return f"{self.resource}.{self.name}"

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What the method sends, in the order in which the spec announces it; none if it has no body."""
        declared = {
            variant.name: variant for body in self.operation.bodies.values() for variant in body.variants
        }
        return tuple(declared[name] for name in self.document.get("variants", ()))

    def of(self, client: Any) -> Any:
        """Return the bound method of a client."""
        return getattr(getattr(client, self.resource), self.name)


def methods(contract: Contract) -> list[Method]:
    """List the methods that the spec announces."""
    return [
        Method(document["resource"], document["method"], operation, document)
        for operation in contract.operations
        for document in operation.methods
    ]


def method_for(contract: Contract, operation: Operation, variants: tuple[Variant, ...]) -> Method:
    """Return the method that serves a request of one of the variants; the first of them that has one."""
    for variant in variants:
        for method in methods(contract):
            if method.operation.id == operation.id and variant.name in method.document.get("variants", ()):
                return method
    raise LookupError(f"no method of x-sdk serves {[variant.name for variant in variants]}")


def argument(value: Any) -> Any:
    """Return a value as a caller would give it: a file as name, content and type."""
    if isinstance(value, Upload):
        return (value.filename, value.data, value.media_type)
    if isinstance(value, list):
        items: list[Any] = [*value]
        return [argument(item) for item in items]
    return value


def arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values under the names that Python's arguments have."""
    return {argument_name(name): argument(value) for name, value in values.items()}


def argument_name(name: str) -> str:
    """Return the name of the argument for a name of the contract, such as `job_id` for `jobId`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
