"""A recording sends what is asked for, keeps what it has, and goes on from there."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve
from starlette.types import ASGIApp

from eigen_contract.command_line import main
from eigen_contract.exchange import Response
from eigen_contract.recording.unrecorded import unrecorded
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape, TapeEntry
from tests.judge.recording.servers import Replacing, json_answer
from tests.report.judging import Counted, served

ROOT = Path(__file__).parents[3]
RECORDINGS = ROOT / "contract_tests" / "recordings"
STATUS, RESULT = "GET /api/v1/generate/status", "GET /api/v1/generate/result"
GENERATE = "POST /api/v1/generate"
EXAMPLES, ALL = 17, 23
"""Exchanges of a whole recording: of the examples with what follows them, and with the refusals."""

pytestmark = pytest.mark.usefixtures("key")


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A copy of the tape of the repository."""
    return Path(shutil.copytree(RECORDINGS, tmp_path / "tape"))


def record(folder: Path, *arguments: str) -> int:
    return main(["record", "--out", str(folder), *arguments])


def recorded_live(folder: Path, app: ASGIApp, *arguments: str, budget: int = 60) -> tuple[int, list[str]]:
    """Record from a server over a socket; return the exit status and what was sent."""
    counted = Counted(app)
    with served(counted) as host:
        status = record(folder, "--target", f"live:http://{host}", "--budget", str(budget), *arguments)
    return status, counted.requests


def labels(folder: Path) -> list[str]:
    return [entry.label for entry in Tape.load(folder).entries]


def changed_spec(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
    change(document)
    path = folder / "openapi.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return path


def add_example(document: dict[str, Any]) -> None:
    content = document["paths"]["/api/v1/generate"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    value = {"model": "YOUR_MODEL", "prompt": "A second cat"}
    content["application/json"]["examples"] = {
        "second-cat": {"summary": "Another", "x-evidence": "page", "value": value},
        **examples,
    }


def rename_example(document: dict[str, Any]) -> None:
    content = document["paths"]["/api/v1/generate"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    examples["drawing"] = examples.pop("image-generation")


def test_what_was_recorded_whole_lacks_nothing(tmp_path: Path, contract: Contract) -> None:
    assert record(tmp_path) == 0
    tape = Tape.load(tmp_path)
    assert [entry.label for entry in tape.entries] == labels(RECORDINGS)
    assert unrecorded(contract, tape) == ()
    for entry in tape.entries:
        provenance = entry.provenance
        assert provenance.origin == "reference"
        assert provenance.spec_sha256 == contract.sha256
        assert provenance.tools[0].startswith("eigen-contract/")
        assert datetime.now(UTC) - provenance.recorded < timedelta(minutes=10)


@pytest.mark.parametrize("budget", [2, 9, 20])
def test_a_recording_whose_budget_is_spent_keeps_what_it_has_and_goes_on(
    budget: int, app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, sent = recorded_live(tmp_path, app, "--allow-negative", budget=budget)
    assert (status, len(sent)) == (2, budget)
    error = capsys.readouterr().err
    assert f"the budget of {budget} requests is spent" in error
    assert f"exchanges are kept in {tmp_path}: go on with record --missing" in error
    before = Tape.load(tmp_path)
    assert 0 < len(before.entries) < ALL
    status, _ = recorded_live(tmp_path, app, "--allow-negative", "--missing")
    assert status == 0
    after = Tape.load(tmp_path)
    assert labels(tmp_path) == labels(RECORDINGS)
    assert [after.entry(entry.label) for entry in before.entries] == list(before.entries)


def test_a_tape_that_has_everything_costs_nothing(tape: Path, app: ASGIApp) -> None:
    assert recorded_live(tape, app, "--missing") == (0, [])


def test_a_new_example_is_the_only_one_that_is_sent(
    tape: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], app: ASGIApp
) -> None:
    spec = str(changed_spec(tmp_path, add_example))
    run = ["run", "--target", "recorded", "--tape", str(tape), "--spec", spec]
    assert main(run) == 0, "an example that a tape lacks does not fail a run"
    assert "1 unrecorded (example second-cat): eigen-contract record --missing" in capsys.readouterr().out
    assert main([*run, "--require-complete"]) == 1
    out = capsys.readouterr().out
    assert "examples_are_on_the_tape at #/paths/~1api~1v1~1generate/post/requestBody/content/" in out
    assert "the nearest is example image-generation, which differs in body" in out
    old = Tape.load(tape)
    assert recorded_live(tape, app, "--missing", "--spec", spec) == (0, [GENERATE])
    assert labels(tape) == ["example second-cat", *labels(RECORDINGS)], "it stands where the contract has it"
    assert Tape.load(tape).entries[1:] == old.entries
    assert main([*run, "--require-complete"]) == 0


def test_an_example_under_another_name_costs_nothing(tape: Path, tmp_path: Path, app: ASGIApp) -> None:
    spec = str(changed_spec(tmp_path, rename_example))
    assert recorded_live(tape, app, "--missing", "--spec", spec) == (0, [])
    assert (
        main(["run", "--target", "recorded", "--tape", str(tape), "--spec", spec, "--require-complete"]) == 0
    )
    assert recorded_live(tape, app, "--refresh", "drawing", "--spec", spec) == (0, [GENERATE])
    assert "example drawing" in labels(tape)
    assert "example image-generation" not in labels(tape), "the same request is on the tape once"


@pytest.mark.parametrize("name", ["video", "example video", "example video, status", "example video, video"])
def test_a_job_is_refreshed_with_what_follows_it(name: str, tape: Path, app: ASGIApp) -> None:
    old = Tape.load(tape)
    status, sent = recorded_live(tape, app, "--refresh", name)
    assert status == 0
    assert (sent[0], sent[-1], set(sent[1:-1])) == (GENERATE, RESULT, {STATUS})
    new = Tape.load(tape)
    assert labels(tape) == labels(RECORDINGS)
    changed = [entry.label for entry, was in zip(new.entries, old.entries, strict=True) if entry != was]
    assert changed == ["example video", "example video, status", "example video, video"]


def test_several_names_are_refreshed_in_all_their_forms(tape: Path, app: ASGIApp) -> None:
    status, sent = recorded_live(tape, app, "--refresh", "speech-json", "voice-upload")
    assert (status, sent) == (0, [GENERATE, GENERATE, "POST /api/v1/generate/upload"])


def test_an_unknown_name_is_refused_before_anything_is_sent(
    tape: Path, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recorded_live(tape, app, "--refresh", "video", "nonsense") == (2, [])
    assert "the contract has no example 'nonsense'; take one of example image-" in capsys.readouterr().err


def aged(folder: Path, label: str, age: timedelta, **changes: Any) -> None:
    """Date one exchange back, and all others to now."""
    now = datetime.now(UTC)
    entries = (
        evolve(
            entry,
            provenance=evolve(
                entry.provenance,
                recorded=now - age if entry.label == label else now,
                **(changes if entry.label == label else {}),
            ),
        )
        for entry in Tape.load(folder).entries
    )
    Tape(tuple(entries)).save(folder, "test-key")


def test_only_what_is_older_is_recorded_anew(tape: Path, app: ASGIApp) -> None:
    aged(tape, "example image-editing", timedelta(days=31))
    assert recorded_live(tape, app, "--older-than", "32") == (0, [])
    assert recorded_live(tape, app, "--older-than", "30") == (0, [GENERATE])
    assert recorded_live(tape, app, "--older-than", "30") == (0, []), "now it is new"


def test_what_the_vendor_answered_is_not_replaced_by_others(
    tape: Path, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    aged(tape, "example image-editing", timedelta(days=31), origin="vendor")
    old = Tape.load(tape)
    status, _ = recorded_live(tape, app, "--older-than", "30")
    assert status == 2
    assert "not kept: example image-editing stays as the vendor answered it" in capsys.readouterr().err
    assert Tape.load(tape) == old
    assert recorded_live(tape, Replacing(app), "--older-than", "30")[0] == 0
    entry = Tape.load(tape).entry("example image-editing")
    assert entry is not None
    assert (entry.provenance.origin, entry != old.entry("example image-editing")) == ("vendor", True)
    assert Tape.load(tape).origins == ("reference", "vendor")


@pytest.mark.parametrize("status", [401, 402, 429, 500, 503])
def test_an_answer_of_the_moment_does_not_replace_one_that_was_kept(
    status: int, tape: Path, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Tape.load(tape)
    failing = Replacing(app, {GENERATE: json_answer(status, {"message": "not now"})})
    assert recorded_live(tape, failing, "--refresh", "voice-upload", "transcription")[0] == 2
    error = capsys.readouterr().err
    assert f"not kept: example transcription was answered {status}" in error or status in (401, 429)
    assert Tape.load(tape).without(["example voice-upload"]) == old.without(["example voice-upload"])


def test_an_answer_that_refuses_an_example_is_kept(tape: Path, app: ASGIApp) -> None:
    """It is what the service says of the example, and a run over the tape reports it."""
    refusing = Replacing(app, {GENERATE: json_answer(400, {"message": "no such model"})})
    assert recorded_live(tape, refusing, "--refresh", "transcription")[0] == 0
    assert main(["run", "--target", "recorded", "--tape", str(tape)]) == 1


def test_an_answer_that_holds_the_key_is_not_kept(
    tape: Path, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Tape.load(tape)
    telling = Replacing(app, {GENERATE: json_answer(200, {"text": "you are test-key"})})
    assert recorded_live(tape, telling, "--refresh", "transcription")[0] == 2
    error = capsys.readouterr().err
    assert "not kept: example transcription was answered with what looks like a key" in error
    assert "test-key" not in error
    assert Tape.load(tape) == old


def test_what_follows_a_job_is_asked_of_the_job_that_is_there(app: ASGIApp, tmp_path: Path) -> None:
    counted = Counted(app)
    with served(counted) as host:
        live = ["--target", f"live:http://{host}", "--budget", "40"]
        assert record(tmp_path, "--refresh", "video", *live) == 0
        whole = Tape.load(tmp_path)
        for lost, asked in ((1, [RESULT]), (2, [STATUS, RESULT])):
            gone = ["example video, video", "example video, status"][:lost]
            whole.without(gone).save(tmp_path, "test-key")
            counted.requests.clear()
            assert record(tmp_path, "--missing", *live[:-1], str(lost)) == 2
            assert counted.requests == asked, "the job is not ordered again, and what it made comes first"
    assert Tape.load(tmp_path).entry("example video, video") is not None


def test_a_job_that_the_server_has_forgotten_is_ordered_again(
    app: ASGIApp, tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Tape.load(tape).without(["example video, status", "example video, video"]).save(tape, "test-key")
    assert main(["run", "--target", "recorded", "--tape", str(tape)]) == 0
    assert "2 unrecorded (example video, status, example video, video)" in capsys.readouterr().out
    gone = Tape.load(tape).entry("example video")
    assert gone is not None
    forgotten = evolve(
        gone.exchange,
        response=Response(
            200, gone.exchange.response.headers, b'{"task_id": "no-such-job", "task_status": "pending"}'
        ),
    )
    Tape.load(tape).with_entry(TapeEntry(forgotten, gone.provenance)).save(tape, "test-key")
    status, sent = recorded_live(tape, app, "--missing")
    assert (status, sent[:2], sent[-1]) == (0, [STATUS, GENERATE], RESULT)
    assert labels(tape) == labels(RECORDINGS)


def test_a_dry_run_sends_nothing_and_needs_no_key(
    tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("EIGENAI_API_KEY")
    spec = str(changed_spec(tmp_path, add_example))
    arguments = ["--target", "live:https://api.invalid", "--missing", "--dry-run", "--spec", spec]
    assert record(tape, *arguments) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  example second-cat (missing): 1 request",
        "by job:",
        "  images.generate: 1 request, cost unknown",
        "would send 1 request, cost unknown",
    ]
    assert (
        record(tmp_path / "none", "--target", "live:https://api.invalid", "--dry-run", "--budget", "9") == 0
    )
    out = capsys.readouterr().out
    assert "  videos.generate: at least 6 requests, cost unknown" in out
    assert f"would send at least {EXAMPLES} requests" in out
    assert "the budget of 9 ends before that" in out
    assert not (tmp_path / "none").exists()


def test_what_was_paid_is_on_the_tape_and_in_the_next_estimate(
    tape: Path, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    charging = Replacing(
        app, extra_headers=[{"x-credits-remaining": left} for left in ("90", "87.5", "87.5")]
    )
    names = ["image-generation", "image-editing", "transcription"]
    assert recorded_live(tape, charging, "--refresh", *names)[0] == 0
    # Streams of the reference server say that they charged nothing.
    paid = {entry.label: entry.credits for entry in Tape.load(tape).entries if entry.credits}
    assert paid == {"example image-editing": 2.5}
    capsys.readouterr()
    assert record(tape, "--refresh", *names, "--dry-run", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["requests"], document["credits"], document["without_known_credits"]) == (3, 2.5, 2)
    assert record(tape, "--refresh", "image-editing", "--dry-run") == 0
    assert "would send 1 request, about 2.5 credits" in capsys.readouterr().out


def test_what_the_contract_no_longer_has_is_named(
    tape: Path, tmp_path: Path, app: ASGIApp, capsys: Any
) -> None:
    def drop(document: dict[str, Any]) -> None:
        content = document["paths"]["/api/v1/generate"]["post"]["requestBody"]["content"]
        del content["multipart/form-data"]["examples"]["voice-cloning"]

    spec = str(changed_spec(tmp_path, drop))
    assert recorded_live(tape, app, "--missing", "--spec", spec) == (0, [])
    assert "no longer in the contract: example voice-cloning" in capsys.readouterr().out
