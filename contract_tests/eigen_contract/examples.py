"""Turns the spec's named examples into requests, with real media where the example names a file."""

import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from attrs import frozen

from eigen_contract.compose import Upload, compose
from eigen_contract.exchange import Request
from eigen_contract.media import made
from eigen_contract.shapes import items
from eigen_contract.spec import Body, Contract, Operation
from eigen_contract.wire import is_binary


@frozen
class Example:
    """One named example: its value as the spec writes it, the value with real files, and the request."""

    name: str
    operation: Operation
    body: Body
    value: Mapping[str, Any]
    filled: Mapping[str, Any]
    request: Request


def examples(contract: Contract) -> Iterator[Example]:
    """Yield every named example of every request body, in the order of the spec."""
    for operation in contract.operations:
        for body in operation.bodies.values():
            for name, node in body.examples.items():
                value = contract.follow(node)[0]["value"]
                filled = fill(body, value, contract)
                yield Example(
                    name, operation, body, value, filled, compose(operation, body.media_type, filled)
                )


def fill(body: Body, value: Mapping[str, Any], contract: Contract) -> dict[str, Any]:
    """Put real media where the value names a file: by the suffix, in fields that the spec calls binary."""
    return {name: fill_member(body, name, item, contract) for name, item in value.items()}


def fill_member(body: Body, name: str, item: Any, contract: Contract) -> Any:
    schemas = [contract.follow(schema)[0] for schema in body.declared.get(name, ())]
    if any(is_binary(schema) for schema in schemas):
        return upload(str(item))
    listed = items(item)
    if listed and any(is_binary(schema.get("items", {})) for schema in schemas):
        return [upload(str(single)) for single in listed]
    return item


def upload(path: str) -> Upload:
    """Make the file that a path names: real media of its suffix."""
    name = PurePosixPath(path)
    media_type = mimetypes.guess_type(name.name)[0] or "application/octet-stream"
    return Upload(name.name, media_type, made(name.suffix.lower()))
