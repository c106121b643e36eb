"""Where there is no judging: one line on stderr that says what to do, exit 2, and never a traceback."""

import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from eigen_contract.command_line import main

COMMAND = [sys.executable, "-m", "eigen_contract", "run"]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command line, see that it could not judge, and return the line that says why."""
    assert main(arguments) == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("target", "phase"), [("reference", "tape"), ("recorded", "fuzz"), ("recorded", "scenarios")]
)
def test_a_run_that_judged_nothing_is_not_clean(
    target: str, phase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing was judged" in refused(["run", "--target", target, "--phase", phase], capsys)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9?a=b", "http://127.0.0.1:9/x#y", "http://127.0.0.1:9?"])
def test_a_url_with_a_query_or_a_fragment_is_refused(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
    line = refused(["run", "--target", f"live:{url}", "--budget", "1"], capsys)
    assert "query or a fragment" in line


def test_a_spec_that_the_reference_cannot_obey_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text("openapi: 3.1.0\ninfo: {title: t, version: v}\npaths: {}\n", "utf-8")
    line = refused(["run", "--spec", str(spec)], capsys)
    assert str(spec) in line
    assert "components/schemas is missing" in line


def test_a_key_that_is_not_taken_is_no_finding(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unauthorized(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(401)
            self.end_headers()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
    with HTTPServer(("127.0.0.1", 0), Unauthorized) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        target = f"live:http://127.0.0.1:{server.server_port}"
        line = refused(["run", "--target", target, "--budget", "2"], capsys)
    assert "does not take the key" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no /dev/full")
def test_an_output_that_nobody_takes_is_one_line(tmp_path: Path) -> None:
    arguments = ["--target", "recorded", "--phase", "tape", "--report", str(tmp_path)]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert ended.returncode == 2
    assert "cannot write to the standard output" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "report.html").stat().st_size


def test_an_interrupt_is_one_line() -> None:
    # A shell hands SIGINT on as ignored to what it starts in the background.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [*COMMAND, "--phase", "scenarios"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        signal.signal(signal.SIGINT, handler)
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert first == "eigen-contract: scenarios\n"
    assert process.returncode == 2
    assert rest.startswith("eigen-contract: interrupted")
    assert len(rest.splitlines()) == 1
