"""Compares two small documents by the rules alone, without the clients that would be built from them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.diffing.client_surface import ClientSurface
from generator.diffing.diff import compare_snapshots
from generator.diffing.recorder import Snapshot
from generator.loading.document import Document
from generator.loading.json_data import escape, is_list, is_object
from generator.model.sdk import read_sdk


def severities_by_kind(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Return the kind of each change between two documents, with its severity."""
    changes = compare_snapshots(_snapshot(old), _snapshot(new)).changes
    return {change.kind: change.severity.value for change in changes}


def kinds_of_sent_value(old: Any, new: Any, **components: Any) -> dict[str, str]:
    """Return what changes if the schema of a property that is sent becomes another."""
    return severities_by_kind(*(_document(schema, True, components) for schema in (old, new)))


def kinds_of_received_value(old: Any, new: Any, **components: Any) -> dict[str, str]:
    """Return what changes if the schema of a property that is received becomes another."""
    return severities_by_kind(*(_document(schema, False, components) for schema in (old, new)))


def _snapshot(data: dict[str, Any]) -> Snapshot:
    document = Document(Path("small.yaml"), data, dict.fromkeys(_list_pointers(data, ""), 1))
    return Snapshot(document, read_sdk(document), ClientSurface({}))


def _list_pointers(value: Any, pointer: str) -> Iterator[str]:
    yield pointer
    if is_object(value):
        for key, item in value.items():
            yield from _list_pointers(item, f"{pointer}/{escape(key)}")
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _list_pointers(item, f"{pointer}/{index}")


def _document(schema: Any, is_sent: bool, components: dict[str, Any]) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": {"type": "object", "properties": {"p": schema}}}}}
    operation: dict[str, Any] = {"operationId": "call", "responses": {"204": {"description": "Done."}}}
    if is_sent:
        operation["requestBody"] = content
    else:
        operation["responses"] = {"200": {"description": "Done.", **content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "paths": {"/call": {"post": operation}},
        "components": {"schemas": components},
    }
