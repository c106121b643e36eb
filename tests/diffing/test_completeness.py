"""No statement of the contract can change unnoticed: the diff reports each one, at its place or around it."""

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot
from generator.loading.json_data import escape, is_list, is_object, resolve
from generator.loading.reading import load_document

# Compares two contracts in every case: minutes, where everything else takes seconds.
pytestmark = pytest.mark.deep

OPENAPI = Path(__file__).parents[2] / "openapi.yaml"
SAMPLING_STEP = 7  # every seventh statement; a prime, so that no regular pattern of the document is missed
# Parts of pointers to names that the SDK is made of: without them there is no client to compare.
FIXED_PARTS = ("/x-sdk/", "/operationId", "/type", "/required/", "/propertyName", "/in", "/name")


@cache
def contract_snapshot() -> Snapshot:
    return take_snapshot(OPENAPI)


def scalar_pointers(value: Any, pointer: str = "") -> Iterator[str]:
    """Yield the JSON pointer of every text and number; references are not statements of their own."""
    if is_object(value):
        for key, item in value.items():
            if key != "$ref":
                yield from scalar_pointers(item, f"{pointer}/{escape(key)}")
    elif is_list(value):
        for index, item in enumerate(value):
            yield from scalar_pointers(item, f"{pointer}/{index}")
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield pointer


def with_altered_value(data: dict[str, Any], pointer: str) -> dict[str, Any]:
    """Return a copy of a document in which the text or number at a pointer is another."""
    altered = copy.deepcopy(data)
    parent_pointer, _, token = pointer.rpartition("/")
    parent = resolve(altered, parent_pointer)
    key: Any = int(token) if is_list(parent) else token.replace("~1", "/").replace("~0", "~")
    value = parent[key]
    parent[key] = f"{value} and more" if isinstance(value, str) else value + 1
    return altered


def sampled_pointers() -> list[str]:
    """Return the pointers to a sample of all statements, the same in every run."""
    return [
        pointer
        for pointer in scalar_pointers(load_document(OPENAPI).data)
        if not any(part in pointer for part in FIXED_PARTS)
    ][::SAMPLING_STEP]


@pytest.mark.parametrize("pointer", sampled_pointers())
def test_an_altered_statement_is_reported(pointer: str) -> None:
    old = contract_snapshot()
    document = evolve(old.document, data=with_altered_value(old.document.data, pointer))
    changes = compare_snapshots(old, evolve(old, document=document)).changes
    assert changes, f"{pointer} was altered, and nothing was reported"
    assert any(pointer.startswith(change.pointer) or change.pointer.startswith(pointer) for change in changes)
