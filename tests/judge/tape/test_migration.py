"""A tape of format 1 is read as it is, and becomes one of format 2 when it is saved."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eigen_contract.errors import CannotJudgeError
from eigen_contract.media import png, wav
from eigen_contract.tape import Provenance, Tape
from tests.judge.tape.exchanges import KEY, files_of
from tests.judge.tape.format_1 import write_format_1


def test_a_tape_of_format_1_is_read(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    tape = Tape.load(tmp_path)
    assert [entry.label for entry in tape.entries] == [
        "example speech",
        "example video",
        "example video, status",
        "example video, video",
        "refused method",
    ]
    for entry in tape.entries:
        assert entry.provenance == Provenance("reference", datetime(2026, 1, 31, tzinfo=UTC), "0" * 64)
    assert tape.exchanges[0].response.body == wav()
    assert png() in tape.exchanges[1].request.body
    assert tape.exchanges[2].request.query == (("jobId", "7"),)
    assert tape.exchanges[4].response.status == 405


def test_it_becomes_one_of_format_2_and_leaves_nothing_behind(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    (tmp_path / "README.md").write_text("not of the tape", "utf-8")
    old = Tape.load(tmp_path)
    old.save(tmp_path, KEY)
    assert Tape.load(tmp_path) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "bodies", "tape.toml"]


def test_the_new_manifest_counts_where_both_are_there(tmp_path: Path) -> None:
    """So it is after a kill between the new manifest and the removal of the old one."""
    write_format_1(tmp_path)
    Tape.load(tmp_path).without(["refused method"]).save(tmp_path / "new", KEY)
    write_format_1(tmp_path / "new")
    assert Tape.load(tmp_path / "new").entry("refused method") is None
    Tape.load(tmp_path / "new").save(tmp_path / "new", KEY)
    assert set(files_of(tmp_path / "new")) == {
        name for name in files_of(tmp_path / "new") if name.startswith(("bodies/", "tape.toml"))
    }


Change = Callable[[dict[str, Any]], object]


def outside(document: dict[str, Any]) -> None:
    document["exchanges"][0]["request"]["body"] = "../secret"


CHANGES: list[tuple[Change, str]] = [
    (lambda document: document.update(format=7), r"tape\.json has format 7"),
    (lambda document: document.update(recorded="last week"), "'last week', which is no date"),
    (lambda document: document.pop("origin"), "'origin' must be a string"),
    (lambda document: document["exchanges"].append(7), "'label' must be a string"),
    (lambda document: document["exchanges"][0]["response"].update(sha256="0"), "not what was recorded"),
    (lambda document: document["exchanges"][0]["response"].update(headers=["x"]), "pairs of strings"),
    (outside, "'../secret' is no name of a file beside"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_damaged_tape_of_format_1_says_what_is_wrong(change: Change, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "tape"
    write_format_1(folder)
    (tmp_path / "secret").write_bytes(b"{}")
    document = json.loads((folder / "tape.json").read_text("utf-8"))
    change(document)
    (folder / "tape.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(CannotJudgeError, match=f"is damaged: .*{words}"):
        Tape.load(folder)
