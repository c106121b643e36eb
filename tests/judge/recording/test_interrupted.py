"""A recording that is killed, interrupted, or left by its server keeps everything that was answered."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from eigen_contract.command_line import main
from eigen_contract.tape import Tape
from tests.judge.recording.servers import Stalling
from tests.report.judging import served

WAITING = 240
"""Seconds after which a test gives up."""

pytestmark = pytest.mark.usefixtures("key")


def recording(folder: Path, host: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "eigen_contract", "record", "--out", str(folder)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [*command, "--target", f"live:http://{host}", "--budget", "40"],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.deep
@pytest.mark.parametrize(("how", "after"), [(signal.SIGKILL, 6), (signal.SIGINT, 4)])
def test_what_was_answered_before_a_signal_is_on_the_tape(
    how: signal.Signals, after: int, app: ASGIApp, tmp_path: Path
) -> None:
    stalling = Stalling(app, after)
    with served(stalling) as host:
        try:
            with recording(tmp_path, host) as process:
                assert stalling.is_stalled.wait(WAITING), "the server was not asked so often"
                process.send_signal(how)
                _, error = process.communicate(timeout=WAITING)
        finally:
            stalling.is_over.set()
    assert len(Tape.load(tmp_path).entries) == after
    if how == signal.SIGINT:
        assert process.returncode == 2
        last = error.decode().splitlines()[-1]
        kept = f"{after} exchanges are kept in {tmp_path}: go on with record --missing"
        assert last == f"eigen-contract: interrupted; {kept}"
    assert main(["record", "--out", str(tmp_path), "--missing"]) == 0
    assert main(["run", "--target", "recorded", "--tape", str(tmp_path), "--require-complete"]) == 0


def test_what_was_answered_before_the_server_went_is_on_the_tape(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "eigen_reference", "--port", "0"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    with server:
        host = server.stdout.readline().decode().split("://")[1].split()[0]
        with recording(tmp_path, host) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if b"example speech-stream" in line:
                    server.kill()
                    break
            error = process.stderr.read()
    assert process.returncode == 2
    last = error.decode().splitlines()[-1]
    assert "gives no whole answer" in last
    kept = len(Tape.load(tmp_path).entries)
    assert f"{kept} exchanges are kept in {tmp_path}: go on with record --missing" in last
    assert kept >= 4
