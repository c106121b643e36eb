"""Jobs on the command line: started, left alone, waited for, fetched; each message names the next command."""

import json
import shlex
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, serve

VIDEO = ("video", "turn", "--model", "wan 2", "--frame-num", "9")
JOB = b'{"task_id": "a-1", "task_status": "pending"}'
GO_ON = "eigen-generate job wait a-1 --model 'wan 2'"
MP4 = b"\0\0\0\x18ftypmp42" + bytes(40)
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60

pytestmark = pytest.mark.usefixtures("default_signals")


def answer_json(body: bytes, peer: Peer) -> None:
    """Take a request, and answer in JSON."""
    peer.read()
    peer.answer(200, body, "Connection: close")


def answer_video(peer: Peer) -> None:
    """Take a request, and answer with a video."""
    peer.read()
    peer.answer(200, MP4, "Content-Type: video/mp4", "Connection: close")


start = partial(answer_json, JOB)
is_processing = partial(answer_json, b'{"task_id": "a-1", "status": "processing"}')
is_completed = partial(answer_json, b'{"task_id": "a-1", "status": "completed"}')
has_failed = partial(answer_json, b'{"task_id": "a-1", "status": "failed", "error": "no light"}')


def last_line(finished: subprocess.CompletedProcess[bytes]) -> str:
    """Return the last line of stderr."""
    return finished.stderr.decode().splitlines()[-1]


def test_a_job_that_was_left_alone_is_finished_by_the_printed_command(run: Script) -> None:
    words = ("video", "turn", "--model", "wan2p2-i2v-14b-turbo", "--frame-num", "9", "--no-wait")
    started = run(*words)
    assert started.returncode == 0
    job_id = json.loads(started.stdout)["task_id"]
    program, *next_words = shlex.split(last_line(started).partition("to go on: ")[2])
    assert (program, *next_words[:3]) == ("eigen-generate", "job", "wait", job_id)
    waited = run(*next_words, "-o", "video.mp4")
    assert (waited.returncode, waited.stdout) == (0, b"video.mp4\n"), waited
    assert (run.folder / "video.mp4").read_bytes()[4:8] == b"ftyp"
    identified = (job_id, "--model", "wan2p2-i2v-14b-turbo")
    status = run("job", "status", *identified)
    assert json.loads(status.stdout)["status"] == "completed"
    fetched = run("job", "fetch", *identified)
    assert fetched.stdout == b"job-fetch.mp4\n"
    assert Path(run.folder / "job-fetch.mp4").read_bytes() == (run.folder / "video.mp4").read_bytes()


@pytest.mark.parametrize("words", [VIDEO, ("job", "wait", "a-1", "--model", "wan 2", "--interval", "0.01")])
def test_the_timeout_limits_the_wait_for_a_job(run: Script, words: tuple[str, ...]) -> None:
    scripts = [start] if words is VIDEO else []
    with serve(*scripts, *[is_processing] * 200) as server:
        failed = run(*words, "--timeout", "0.5", EIGENAI_BASE_URL=server.url)
    assert failed.returncode == 3
    assert "job a-1 was not done in" in last_line(failed)
    assert last_line(failed).endswith(f"; the job goes on at the server; to go on: {GO_ON}")


def test_the_printed_command_names_the_server_that_was_given(run: Script) -> None:
    with serve(start) as server:
        started = run(*VIDEO, "--no-wait", "--base-url", server.url)
    assert last_line(started) == f"eigen-generate video: to go on: {GO_ON} --base-url {server.url}"


def test_a_lost_server_is_no_lost_job(run: Script) -> None:
    with serve(start) as server:  # further connections are closed at once
        failed = run(*VIDEO, EIGENAI_BASE_URL=server.url)
    assert failed.returncode == 3
    assert last_line(failed).endswith(f"; the job goes on at the server; to go on: {GO_ON}")


def test_a_failed_job_is_a_failure(run: Script) -> None:
    with serve(start, has_failed) as server:
        failed = run(*VIDEO, EIGENAI_BASE_URL=server.url)
    assert failed.returncode == 1
    assert last_line(failed) == "eigen-generate video: job a-1 failed: no light"


def test_ctrl_c_during_a_wait_names_the_command_to_go_on(run: Script) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def press_ctrl_c(peer: Peer) -> None:
        peer.read()
        processes[0].send_signal(signal.SIGINT)
        peer.wait_for_end()

    with serve(start, press_ctrl_c) as server:
        processes.append(run.start(*VIDEO, EIGENAI_BASE_URL=server.url))
        _, errors = processes[0].communicate(timeout=PATIENCE)
    assert processes[0].returncode == -signal.SIGINT
    assert f"to go on: {GO_ON}\n".encode() in errors


def test_a_job_that_is_done_is_saved(run: Script) -> None:
    with serve(is_completed, answer_video) as server:
        done = run("job", "wait", "a-1", "--model", "wan 2", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"job-wait.mp4\n", b"")
    assert (run.folder / "job-wait.mp4").read_bytes() == MP4


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("job", "status"), "JOB_ID is missing"),
        (("job", "wait", "a-1"), "--model is missing; give it, or set EIGENAI_MODEL"),
        (("job", "fetch", "a-1"), "--model is missing"),
        (("job", "stop"), "no command 'stop': there are status, wait, fetch."),
        (("job", "wait", "a-1", "--model", "m", "--dry-run"), "unknown option --dry-run"),
        (("video", "x", "--model", "m", "--local", "--no-wait"), "--no-wait leaves the job at the server"),
    ],
)
def test_reports_what_a_job_command_lacks(run: Script, words: tuple[str, ...], line: str) -> None:
    failed = run(*words)
    assert failed.returncode == 2
    assert line in last_line(failed)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("edit", "x", "--model", "m"), "--image-file: "),
        (("edit", "x", "--model", "m", "--image-file", "none.png"), "--image-file: no such file: 'none.png'"),
        (("transcribe", "none.wav", "--model", "m"), "FILE: no such file: 'none.wav'"),
        (("image", "x", "--model", "m", "--base-url", "ftp://x"), "--base-url: 'ftp://x' is not an http"),
        (("image", "x", "--model", "m", "--timeout", "-1"), "--timeout: -1 is not a positive number"),
    ],
)
def test_errors_name_options_and_not_python_arguments(run: Script, words: tuple[str, ...], line: str) -> None:
    failed = run(*words)
    assert failed.returncode == 2
    assert line in last_line(failed)
    assert "image_file" not in last_line(failed)
