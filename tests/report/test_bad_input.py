"""Whatever is wrong with the input, `eigen-contract` says it in one clear line, and exits with 2."""

import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from eigen_contract.command_line import main
from eigen_contract.planning import PHASES
from tests.report.judging import Reply, answering

RECORDINGS = Path(__file__).parents[2] / "contract_tests" / "recordings"
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command line, which must refuse; return the one line that it says."""
    assert main(["run", *arguments]) == 2
    said = capsys.readouterr()
    names = {f"eigen-contract: {phase}" for phase in PHASES}
    lines = [line for line in said.err.splitlines() if not line.startswith("eigen-contract: plan: ")]
    [line] = [line for line in lines if line not in names]
    assert line.startswith("eigen-contract: ")
    assert said.out == ""
    assert "test-key" not in line
    return line


def with_html(connection: socket.socket, _: threading.Event) -> None:
    body = b"<!doctype html><title>Log in</title>"
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
    connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def with_nothing(_: socket.socket, over: threading.Event) -> None:
    over.wait(5)


def by_closing_in_mid_body(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(JSON_HEAD + b'Content-Length: 1000\r\n\r\n{"turbo_image')


def by_closing_in_mid_chunk(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(JSON_HEAD + b'Transfer-Encoding: chunked\r\n\r\nff\r\n{"turbo')


def by_closing(_connection: socket.socket, _: threading.Event) -> None:
    """Close without a word."""


def with_no_http(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n")


def without_end(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while not over.wait(0.02):
        try:
            connection.sendall(b"1\r\n \r\n")
        except OSError:
            return


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (with_html, "answers 200 with HTML"),
        (with_nothing, "timed out"),
        (by_closing_in_mid_body, "gives no whole answer to POST /api/v1/generate"),
        (by_closing_in_mid_chunk, "gives no whole answer"),
        (by_closing, "gives no whole answer"),
        (with_no_http, "gives no whole answer"),
        (without_end, "does not end"),
    ],
)
@pytest.mark.usefixtures("key")
def test_a_server_that_cannot_be_judged(reply: Reply, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(reply) as url:
        line = refused(capsys, "--target", f"live:{url}", "--budget", "3", "--timeout", "0.4")
    assert words in line
    assert url in line


@pytest.mark.usefixtures("key")
def test_nobody_listens(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = refused(capsys, "--target", f"live:http://127.0.0.1:{port}", "--budget", "3")
    assert "refused" in line
    assert "see that it is up" in line


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://127.0.0.1", "is no URL"),
        ("127.0.0.1:80", "is no URL"),
        ("http://", "is no URL"),
        ("http://[::1", "is no URL"),
        ("http://127.0.0.1:port", "is no URL"),
        ("http://someone:secret@127.0.0.1", "holds a user or a password"),
    ],
)
@pytest.mark.usefixtures("key")
def test_a_target_that_is_no_url(url: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, "--target", f"live:{url}", "--budget", "3")
    assert words in line
    assert "secret" not in line


def test_a_live_target_needs_a_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EIGENAI_API_KEY", raising=False)
    assert "EIGENAI_API_KEY" in refused(capsys, "--target", "live:http://127.0.0.1:9", "--budget", "3")


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("budget", [[], ["--budget", "0"], ["--budget", "-1"]])
def test_a_live_target_needs_a_budget(budget: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "--budget N" in refused(capsys, "--target", "live:http://127.0.0.1:9", *budget)


def test_a_key_that_no_header_can_carry(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EIGENAI_API_KEY", "test-key\n")
    line = refused(capsys, "--target", "live:http://127.0.0.1:9", "--budget", "3")
    assert "line break" in line


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A copy of the tape, to be damaged."""
    return Path(shutil.copytree(RECORDINGS, tmp_path / "tape"))


def rewrite(tape: Path, old: str, new: str) -> None:
    """Change the manifest at one place."""
    text = (tape / "tape.toml").read_text("utf-8")
    assert old in text
    (tape / "tape.toml").write_text(text.replace(old, new, 1), "utf-8")


def test_a_whole_tape_is_judged(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--target", "recorded", "--tape", str(tape)]) == 0
    assert "clean" in capsys.readouterr().out


def cut_the_manifest(tape: Path) -> None:
    path = tape / "tape.toml"
    path.write_text(path.read_text("utf-8")[:-200], "utf-8")


def speech(tape: Path) -> Path:
    [path] = (tape / "bodies").glob("example-speech-json.*.wav")
    return path


def lose_a_file(tape: Path) -> None:
    speech(tape).unlink()


def spoil_a_file(tape: Path) -> None:
    speech(tape).write_bytes(speech(tape).read_bytes()[:-2])


def lose_the_manifest(tape: Path) -> None:
    (tape / "tape.toml").unlink()


def make_the_manifest_json(tape: Path) -> None:
    (tape / "tape.toml").write_text("[]", "utf-8")


def make_a_status_a_text(tape: Path) -> None:
    rewrite(tape, "status = 200", 'status = "200"')


@pytest.mark.parametrize(
    "damage",
    [
        cut_the_manifest,
        lose_a_file,
        spoil_a_file,
        lose_the_manifest,
        make_the_manifest_json,
        make_a_status_a_text,
    ],
)
def test_a_damaged_tape(damage: Any, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(tape)
    line = refused(capsys, "--target", "recorded", "--tape", str(tape))
    assert "is damaged" in line
    assert str(tape) in line


def test_a_tape_with_the_header_of_a_key(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(tape, '"content-type: application/json"', '"authorization: Bearer abc"')
    assert "looks like a key" in refused(capsys, "--target", "recorded", "--tape", str(tape))


def test_a_tape_with_a_key_in_a_body(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "sk-" + "a1B2" * 8
    rewrite(tape, "A fluffy orange tabby cat", f"my key is {secret}")
    line = refused(capsys, "--target", "recorded", "--tape", str(tape))
    assert "tape.toml holds what looks like a key" in line
    assert secret not in line


def test_a_report_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is tried first: nobody pays for a run whose report is lost."""
    (tmp_path / "report").write_text("no folder", "utf-8")
    for folder in (tmp_path / "report", tmp_path / "report" / "deeper"):
        line = refused(capsys, "--target", "recorded", "--report", str(folder))
        assert f"cannot write the report into {folder}" in line


@pytest.mark.parametrize(
    "text", ["[[deviation]]\ntarget = 1", "not toml", '[[deviation]]\nname = "x"', "deviations = []"]
)
def test_a_baseline_that_does_not_read(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "known.toml").write_text(text, "utf-8")
    line = refused(capsys, "--target", "recorded", "--baseline", str(tmp_path / "known.toml"))
    assert "known.toml" in line


def test_a_baseline_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "known.toml").write_bytes(b"\xff\xfe\x00")
    line = refused(capsys, "--target", "recorded", "--baseline", str(tmp_path / "known.toml"))
    assert "known.toml" in line
    assert "UTF-8" in line


def test_a_spec_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec.yaml").write_bytes(b"paths: \xff\xfe\x00")
    assert "spec.yaml" in refused(capsys, "--target", "recorded", "--spec", str(tmp_path / "spec.yaml"))


@pytest.mark.parametrize("folder", ["nowhere", "nowhere/deeper"])
def test_there_is_no_tape(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, "--target", "recorded", "--tape", str(tmp_path / folder))
    assert f"there is no tape in {tmp_path / folder}" in line
    assert "--tape" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("record", "--target", "recorded", "--out", "{file}/tape"),
        ("record", "--target", "recorded", "--out", "{file}"),
        ("evidence", "--out", "{file}/x.md"),
        ("evidence", "--out", "{folder}"),
    ],
)
def test_an_output_that_cannot_be_written(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is tried first: nobody pays for a run whose outcome is lost."""
    (tmp_path / "file").write_text("no folder", "utf-8")
    named = [one.format(file=tmp_path / "file", folder=tmp_path) for one in arguments]
    assert main(named) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"eigen-contract: cannot write {named[-1]}: ")
    assert "--out" in line


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("--cases=-5", "argument --cases: '-5' is no number of requests"),
        ("--cases=many", "argument --cases: 'many' is no number of requests"),
        ("--budget=x", "argument --budget: invalid int value: 'x'"),
        ("--phase=guessing", "argument --phase: invalid choice: 'guessing'"),
        ("--guess", "'--guess'"),
    ],
)
def test_an_argument_that_cannot_be(argument: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, "--target", "recorded", argument)
    assert words in line
    assert line.endswith("; see eigen-contract run --help")


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e300"])
def test_a_timeout_that_cannot_be(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    timeout = f"--timeout={seconds}"
    line = refused(capsys, "--target", "live:http://127.0.0.1:1", "--budget", "1", timeout)
    assert line.endswith("give more than 0 and at most 86400 seconds")


RING = {"$ref": "#/components/schemas/Ring"}


@pytest.mark.parametrize(
    "ring",
    [
        RING,
        {"allOf": [RING]},
        {"oneOf": [RING, RING]},
        {"type": "object", "properties": {"more": RING}},
        {"type": "array", "items": RING},
    ],
)
@pytest.mark.parametrize("place", ["request", "answer"])
def test_a_schema_that_goes_in_circles(
    place: str, ring: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = yaml.safe_load((RECORDINGS.parents[1] / "openapi.yaml").read_text("utf-8"))
    document["components"]["schemas"]["Ring"] = ring
    operation = document["paths"]["/api/v1/generate"]["post"]
    holder = operation["requestBody"] if place == "request" else operation["responses"]["200"]
    holder["content"]["application/json"]["schema"] = RING
    (tmp_path / "ring.yaml").write_text(yaml.safe_dump(document), "utf-8")
    line = refused(capsys, "--target", "recorded", "--spec", str(tmp_path / "ring.yaml"))
    assert "ring.yaml" in line
    assert "#/components/schemas/Ring" in line
