"""No statement of the contract can change in silence: each one altered is reported, at it or above it."""

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot
from generator.reading import load
from generator.spec import escape, is_list, is_object, resolve

# Builds a client for every case: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

OPENAPI = Path(__file__).parents[2] / "openapi.yaml"
EVERY = 7  # one statement in so many; a prime, so that every kind of place has its turn


@cache
def contract() -> Snapshot:
    return take_snapshot(OPENAPI)


def texts(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointer of every text and number."""
    if is_object(value):
        for key, item in value.items():
            if key != "$ref":
                yield from texts(item, f"{pointer}/{escape(key)}")
    elif is_list(value):
        for index, item in enumerate(value):
            yield from texts(item, f"{pointer}/{index}")
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield pointer


def altered(data: dict[str, Any], pointer: str) -> dict[str, Any]:
    """A copy in which one text or number is another."""
    changed = copy.deepcopy(data)
    above, _, token = pointer.rpartition("/")
    holder = resolve(changed, above)
    key: Any = int(token) if is_list(holder) else token.replace("~1", "/").replace("~0", "~")
    old = holder[key]
    holder[key] = f"{old} and more" if isinstance(old, str) else old + 1
    return changed


def pointers() -> list[str]:
    """A part of all statements, the same in every run; names that the SDK is made of stay as they are."""
    fixed = ("/x-sdk/", "/operationId", "/type", "/required/", "/propertyName", "/in", "/name")
    found = [one for one in texts(load(OPENAPI).data) if not any(word in one for word in fixed)]
    return found[::EVERY]


@pytest.mark.parametrize("pointer", pointers())
def test_an_altered_statement_is_reported(pointer: str) -> None:
    old = contract()
    document = evolve(old.document, data=altered(old.document.data, pointer))
    changes = compare_snapshots(old, evolve(old, document=document)).changes
    assert changes, f"{pointer} was altered, and nothing was reported"
    assert any(pointer.startswith(one.pointer) or one.pointer.startswith(pointer) for one in changes)
