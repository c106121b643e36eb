"""Each edit of a small contract is one change of one kind, forward and backward, and touches one name."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.diffing.change import Change
from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot

# Builds a client for every case: minutes, where everything else takes seconds.
pytestmark = pytest.mark.deep

HERE = Path(__file__).parent
LIBRARY = (HERE / "library.yaml").read_text(encoding="utf-8")
EDITS: list[dict[str, Any]] = tomllib.loads((HERE / "contract_edits.toml").read_text(encoding="utf-8"))[
    "edit"
]


@cache
def library_snapshot() -> Snapshot:
    """Return the snapshot of the contract before any edit, which is built only once."""
    return take_snapshot(HERE / "library.yaml")


def replacements(edit: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each text that an edit replaces, and the text that replaces it."""
    return [(edit["old"], edit["new"]), *((old, new) for old, new in edit.get("further_edits", []))]


def apply_edit(edit: dict[str, Any]) -> str:
    """Return the text of the contract after an edit."""
    text: str = LIBRARY
    for old, new in replacements(edit):
        text = text.replace(old, new)
    return text


def snapshot_after(edit: dict[str, Any], folder: Path) -> Snapshot:
    """Return the snapshot of the contract after an edit."""
    path = folder / "library.yaml"
    path.write_text(apply_edit(edit), encoding="utf-8")
    return take_snapshot(path)


def kind_of(edit: dict[str, Any]) -> str:
    """Return the kind of the forward change, which names a test."""
    return str(edit["forward"]).partition(" ")[0]


def kinds_and_severities(changes: tuple[Change, ...]) -> list[str]:
    """Return the kind and the severity of each change, as the table writes them."""
    return sorted(f"{change.kind} {change.severity.value}" for change in changes)


def first_listed(changes: tuple[Change, ...], listed: str) -> Change:
    """Return the change that the table lists first."""
    return next(change for change in changes if listed.startswith(f"{change.kind} "))


@pytest.mark.parametrize("edit", EDITS, ids=kind_of)
def test_an_edit_is_the_listed_change_forward_and_backward(edit: dict[str, Any], tmp_path: Path) -> None:
    old, new = library_snapshot(), snapshot_after(edit, tmp_path)
    forward, backward = compare_snapshots(old, new).changes, compare_snapshots(new, old).changes
    assert kinds_and_severities(forward) == sorted(edit["forward"].split("; "))
    assert kinds_and_severities(backward) == sorted(edit["backward"].split("; "))
    assert edit["python_name"] in first_listed(forward, edit["forward"]).names
    backward_name = edit.get("python_name_backward", edit["python_name"])
    assert backward_name in first_listed(backward, edit["backward"]).names
    for change in forward:
        assert_pointer_exists(change, old if change.document == "old" else new)
    for change in backward:
        assert_pointer_exists(change, new if change.document == "old" else old)


def assert_pointer_exists(change: Change, snapshot: Snapshot) -> None:
    """Assert that a change's pointer leads somewhere, and that its line is the line of the pointer."""
    assert change.pointer in snapshot.document.lines
    assert change.line == snapshot.document.lines[change.pointer]
