"""`eigen-contract tape`: what is on a tape, whether it fits the contract, what no longer belongs on it."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve

from eigen_contract.command_line import main
from eigen_contract.tape import Tape

ROOT = Path(__file__).parents[3]
RECORDINGS = ROOT / "contract_tests" / "recordings"
EDITING = "example image-editing"
GENERATE = "/api/v1/generate"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDINGS, tmp_path / "tape"))


def changed(folder: Path, label: str, **changes: Any) -> None:
    """Change where one exchange comes from."""
    loaded = Tape.load(folder)
    entry = loaded.entry(label)
    assert entry is not None
    loaded.with_entry(evolve(entry, provenance=evolve(entry.provenance, **changes))).save(folder, "test-key")


def spec_with(folder: Path, change: Callable[[dict[str, Any]], object]) -> str:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
    change(document)
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return str(folder / "openapi.yaml")


def form_examples(document: dict[str, Any]) -> dict[str, Any]:
    content = document["paths"][GENERATE]["post"]["requestBody"]["content"]
    examples: dict[str, Any] = content["multipart/form-data"]["examples"]
    return examples


def test_a_tape_shows_each_exchange_with_where_it_comes_from(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(tape, EDITING, origin="vendor", recorded=datetime.now(UTC) - timedelta(days=40, hours=1))
    assert main(["tape", "show", str(tape)]) == 0
    lines = capsys.readouterr().out.splitlines()
    [line] = [line for line in lines if line.startswith(EDITING)]
    assert "vendor" in line
    assert "200  image/png, " in line
    assert any(line.startswith("the tape holds 1 exchanges of ") for line in lines)
    assert "the oldest exchange on the tape is 40 days old" in lines[-1]
    assert main(["tape", "show", "--json", str(tape)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown["exchanges"]) == len(Tape.load(tape).entries)
    assert {row["origin"] for row in shown["exchanges"]} == {"reference", "vendor"}
    assert shown["never_seen"]["operations"]["unseen"] == []


def test_the_tape_of_the_repository_is_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tape", "verify", "--require-complete"]) == 0
    assert capsys.readouterr().out.endswith("every answer fits the contract\n")


def test_an_answer_that_no_longer_fits_is_found(
    tape: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["JobStatus"]["required"].append("eta")

    assert main(["tape", "verify", str(tape), "--spec", spec_with(tmp_path, change), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {finding["exchange"] for finding in found["findings"]} == {
        "example video, status",
        "example video-by-reference, status",
    }
    assert {finding["check"] for finding in found["findings"]} == {"json_matches_its_schema"}


def test_the_vendors_answers_speak_against_what_is_assumed(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What only we assume is for the ledger; the same answer of the reference server is a finding."""
    loaded = Tape.load(tape)
    entry = loaded.entry("refused media type")
    assert entry is not None
    response = evolve(entry.exchange.response, body=b'{"x": 1}')
    other = evolve(entry.exchange, response=response)
    for origin in ("reference", "vendor"):
        loaded.with_entry(
            evolve(entry, exchange=other, provenance=evolve(entry.provenance, origin=origin))
        ).save(tape, "test-key")
        status = main(["tape", "verify", str(tape)])
        out = capsys.readouterr().out
        assert (status, "for the ledger: " in out) == ((1, False) if origin == "reference" else (0, True))
        assert main(["run", "--target", "recorded", "--tape", str(tape)]) == status
        assert ("contradicted: " in capsys.readouterr().out) == (origin == "vendor")


def test_an_old_exchange_is_found_where_that_is_asked(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded = Tape.load(tape)
    now = datetime.now(UTC)
    fresh = (
        evolve(entry, provenance=evolve(entry.provenance, recorded=now - timedelta(hours=1)))
        for entry in loaded.entries
    )
    Tape(tuple(fresh)).save(tape, "test-key")
    run = ["run", "--target", "recorded", "--tape", str(tape), "--max-age", "30"]
    assert main(run) == 0
    assert main(["tape", "verify", str(tape), "--max-age", "30"]) == 0
    changed(tape, EDITING, recorded=now - timedelta(days=31), origin="vendor")
    capsys.readouterr()
    for command in (run, ["tape", "verify", str(tape), "--max-age", "30"]):
        assert main(command) == 1
        out = capsys.readouterr().out
        assert (
            "1 of 23 exchanges should be at most 30 days old; the oldest, example image-editing, is of" in out
        )
    assert main(["run", "--target", "recorded", "--tape", str(tape)]) == 0, "an age limit is a choice"
    assert "the oldest exchange on the tape is 31 days old, the newest 0 days" in capsys.readouterr().out


@pytest.mark.parametrize("days", ["-1", "soon", "nan", "inf"])
def test_an_age_that_is_none_is_refused(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tape", "verify", f"--max-age={days}"]) == 2
    assert f"'{days}' is no number of days" in capsys.readouterr().err


def test_what_the_contract_no_longer_has_is_pruned(
    tape: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(document: dict[str, Any]) -> None:
        examples = form_examples(document)
        del examples["voice-cloning"]
        examples["video"]["value"]["prompt"] = "The dog turns its head"
        del document["paths"][f"{GENERATE}/upload"]

    spec = spec_with(tmp_path, change)
    before = Tape.load(tape)
    reasons = {
        "example voice-cloning": "the contract has no such example",
        "example video": "the contract shows another request under this name",
        "example video, status": "the tape has no job that it follows",
        "example video, video": "the tape has no job that it follows",
        "example voice-upload": "the contract has no path /api/v1/generate/upload",
    }
    assert main(["tape", "verify", str(tape), "--spec", spec, "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)["superseded"]
    assert {each["label"]: each["reason"] for each in found} == reasons
    assert main(["tape", "prune", str(tape), "--spec", spec, "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert set(lines) >= {f"would remove {label}: {reason}" for label, reason in reasons.items()}
    assert Tape.load(tape) == before
    assert main(["tape", "prune", str(tape), "--spec", spec]) == 0
    assert Tape.load(tape) == before.without(reasons)
    capsys.readouterr()
    assert main(["tape", "prune", str(tape), "--spec", spec, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": [], "dry_run": False}


def test_files_that_nothing_names_are_reported_and_removed(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tape / "bodies" / "left-behind.bin").write_bytes(b"x")
    assert main(["tape", "verify", str(tape)]) == 0
    assert "not named by the manifest: bodies/left-behind.bin" in capsys.readouterr().out
    assert main(["tape", "prune", str(tape)]) == 0
    assert not (tape / "bodies" / "left-behind.bin").exists()


def test_a_folder_that_is_no_tape_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("show", "verify", "prune"):
        assert main(["tape", command, str(tmp_path / "none")]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
