"""The server ends within its time, with status 0 and nothing on standard error, whatever is going on."""

import json
import os
import signal
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.reference.sockets import COMMAND, ENVIRONMENT, Process, form, post, riff, serving

GRACE = 2.0
MOST = 15.0
"""Seconds, on a machine that does much else at the time."""
SPEECH = b'{"model":"m","text":"' + b"One and two and three. " * 200 + b'","stream":true}'


def begun(what: str, process: Process, stack: ExitStack) -> None:
    """Let a client begin something that does not end by itself."""
    connection = stack.enter_context(process.connect())
    if what == "nothing":
        return
    if what == "half a head":
        connection.sendall(b"POST /api/v1/generate HTTP/1.1\r\nHost")
    elif what == "half a body":
        connection.sendall(post(b"{", length=100))
    elif what == "a kept connection":
        connection.sendall(post(b"{}"))
        assert connection.recv(4096).startswith(b"HTTP/1.1 400 ")
    elif what == "a stalled reader":
        connection.sendall(post(SPEECH))
        assert connection.recv(100)
    elif what == "a rejected body":
        connection.sendall(post(b"", key="X: y", length=10**9))
        assert connection.recv(4096).startswith(b"HTTP/1.1 401 ")
    elif what == "a transcription":
        body, media = form(("file", riff(os.urandom(2 * 16_000 * 30))), model="whisper_v3_turbo")
        connection.sendall(post(body, media=media))


ALL = [
    "nothing",
    "half a head",
    "half a body",
    "a kept connection",
    "a stalled reader",
    "a rejected body",
    "a transcription",
]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_whatever_clients_have_begun(number: int, tmp_path: Path) -> None:
    with serving(tmp_path, "--grace", str(GRACE)) as process, ExitStack() as stack:
        for what in ALL:
            begun(what, process, stack)
        job = process.post({"model": "m", "prompt": "p", "frame_num": 257})
        query = f"jobId={json.loads(job.body)['task_id']}&model=m"
        head = f"GET /api/v1/generate/status?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        assert process.send(f"{head}Authorization: Bearer test-key\r\n\r\n".encode()).status == 200
        status, took = process.stop(number)
        assert (status, process.log.read_text()) == (0, "")
        assert took < GRACE + MOST


def test_half_a_body_does_not_take_the_time_of_grace(tmp_path: Path) -> None:
    with serving(tmp_path, "--grace", "60") as process, process.connect() as connection:
        connection.sendall(post(b"{", length=100))
        time.sleep(0.2)
        status, took = process.stop()
        assert (status, process.log.read_text()) == (0, "")
        assert took < MOST
        assert connection.recv(4096).startswith(b"HTTP/1.1 503 ")


def test_an_answer_that_is_being_made_is_still_sent(tmp_path: Path) -> None:
    with serving(tmp_path, "--grace", "60") as process, process.connect() as connection:
        connection.sendall(post(b'{"model":"m","text":"One and two and three and four and five."}'))
        time.sleep(0.2)
        status, _ = process.stop()
        assert status == 0
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2, 0.4])
def test_ends_soon_after_its_start(number: int, moment: float, tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        time.sleep(moment)
        status, took = process.stop(number)
        assert (status, process.log.read_text()) == (0, "")
        assert took < MOST


@pytest.mark.deep
@pytest.mark.parametrize("moment", [step / 20 for step in range(3, 40)])
def test_ends_without_a_trace_at_any_moment_of_its_start(moment: float) -> None:
    with subprocess.Popen(
        [*COMMAND, "--port", "0"], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    # Before Python itself runs our first line, the signal ends it as it ends every program.
    assert errors == b""
    assert process.returncode in (0, -signal.SIGINT)


def test_a_signal_of_the_terminal_reaches_the_server_alone(tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        assert process.post({"model": "m", "prompt": "p"}).status == 200
        children = (
            Path(f"/proc/{process.process.pid}/task/{process.process.pid}/children").read_text().split()
        )
        groups = {os.getpgid(int(child)) for child in children}
        assert os.getpgid(process.process.pid) not in groups
        assert process.stop()[0] == 0
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
