"""Where the console script puts results: terminals, players, folders, reports."""

import json
import os
import pty
import subprocess
import sys
import threading
from base64 import b64encode
from pathlib import Path

import pytest

from tests.client.answering import PNG, WAV
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, Server, serve

IMAGE = ("image", "a cat", "--model", "m")
SPEAK = ("speak", "hello", "--model", "m")
SAMPLES = b"\1\0" * 4800
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60


def answer_image(peer: Peer) -> None:
    peer.read()
    headers = ("Content-Type: image/png", "X-Request-Id: r-1", "X-Credits-Remaining: 7", "Connection: close")
    peer.answer(200, PNG, *headers)


def answer_sound(peer: Peer) -> None:
    peer.read()
    peer.answer(200, WAV, "Content-Type: audio/wav", "Connection: close")


def answer_text(peer: Peer) -> None:
    peer.read()
    peer.answer(200, b'{"text": "heard"}', "Connection: close")


def refuse(peer: Peer) -> None:
    peer.read()
    peer.answer(400, b'{"error": "too quiet"}', "Connection: close")


def send_event(peer: Peer, event: dict[str, str]) -> None:
    data = b"data: " + json.dumps(event).encode() + b"\n\n"
    peer.send(b"%x\r\n%s\r\n" % (len(data), data))


def begin_stream(peer: Peer) -> None:
    peer.read()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    send_event(peer, {"type": "audio_chunk", "data": b64encode(SAMPLES).decode()})


def end_stream(peer: Peer) -> None:
    send_event(peer, {"type": "audio_chunk", "data": b64encode(SAMPLES).decode()})
    send_event(peer, {"type": "complete"})
    peer.send(b"0\r\n\r\n")


def read_terminal(terminal: int) -> bytes:
    """Return what a program writes to its terminal until it ends."""
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux reports the end of the other side like this
            return shown
        if not piece:
            return shown
        shown += piece


def run_in_terminal(run: Script, server: Server, *words: str, stream: str) -> tuple[int, bytes, bytes]:
    """Run the script with `stdout` or `stderr` on a terminal.

    Return its status, what the terminal shows, and what comes from the other stream.
    """
    terminal, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "eigen_generate", *words],
        cwd=run.folder,
        env={**run.environment, "EIGENAI_BASE_URL": server.url},
        stdout=side if stream == "stdout" else subprocess.PIPE,
        stderr=side if stream == "stderr" else subprocess.PIPE,
    )
    os.close(side)
    shown = read_terminal(terminal)
    os.close(terminal)
    output, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, shown, (errors if stream == "stdout" else output)


@pytest.mark.parametrize("words", [IMAGE, pytest.param((*SPEAK, "--stream"), marks=pytest.mark.deep)])
def test_no_media_are_written_to_a_terminal(run: Script, words: tuple[str, ...]) -> None:
    with serve() as server:
        status, shown, errors = run_in_terminal(run, server, *words, "-o", "-", stream="stdout")
    assert (status, shown) == (2, b"")
    assert errors.endswith(
        b"-o - would write binary data to the terminal, and nothing was sent: name a file, or pipe it on\n"
    )
    assert server.connections == []


@pytest.mark.deep
def test_a_text_is_written_to_a_terminal(run: Script) -> None:
    (run.folder / "a.wav").write_bytes(WAV)
    with serve(answer_text) as server:
        words = ("transcribe", "a.wav", "--model", "m", "-o", "-")
        status, shown, errors = run_in_terminal(run, server, *words, stream="stdout")
    assert (status, shown, errors) == (0, b"heard\r\n", b"")


def test_progress_is_shown_in_a_terminal_only(run: Script) -> None:
    with serve(answer_image, answer_image) as server:
        status, shown, output = run_in_terminal(run, server, *IMAGE, stream="stderr")
        assert run(*IMAGE, EIGENAI_BASE_URL=server.url).stderr == b""
    assert (status, output) == (0, b"image.png\n")
    assert b"eigen-generate image" in shown


def test_a_stream_reaches_stdout_while_it_comes(run: Script) -> None:
    has_heard = threading.Event()

    def answer(peer: Peer) -> None:
        begin_stream(peer)
        assert has_heard.wait(PATIENCE)
        end_stream(peer)

    with serve(answer) as server:
        process = run.start(*SPEAK, "--stream", "-o", "-", EIGENAI_BASE_URL=server.url)
        assert process.stdout is not None
        start = process.stdout.read(44 + len(SAMPLES))
        has_heard.set()
        rest, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
    assert start[:4] == b"RIFF"
    assert start[44:] == rest == SAMPLES


@pytest.fixture
def player(run: Script) -> Path:
    """A player that writes what it plays to the file `played`, and ends with what the file `status` says."""
    folder = run.folder / "bin"
    folder.mkdir()
    script = folder / "mpv"
    script.write_text(f"#!/bin/sh\ncat > {run.folder}/played\nexit $(cat {run.folder}/status)\n")
    script.chmod(0o755)
    run.environment["PATH"] = os.pathsep.join((str(folder), run.environment["PATH"]))
    (run.folder / "status").write_text("0")
    return run.folder / "played"


def test_sound_is_played_and_kept_where_it_is_asked_for(run: Script, player: Path) -> None:
    def answer_stream(peer: Peer) -> None:
        begin_stream(peer)
        end_stream(peer)

    with serve(answer_sound, answer_stream) as server:
        done = run(*SPEAK, "--play", EIGENAI_BASE_URL=server.url)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert player.read_bytes() == WAV
        done = run(*SPEAK, "--play", "--stream", "-o", "a.wav", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"a.wav\n", b"")
    assert player.read_bytes()[44:] == SAMPLES * 2
    kept = (run.folder / "a.wav").read_bytes()
    assert kept[44:] == SAMPLES * 2
    assert int.from_bytes(kept[40:44], "little") == 2 * len(SAMPLES)


@pytest.mark.deep
def test_a_player_that_fails_loses_nothing(run: Script, player: Path) -> None:
    (run.folder / "status").write_text("3")
    with serve(answer_sound) as server:
        done = run(*SPEAK, "--play", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"eigen-generate speak: mpv ended with status 3; kept in speak.wav\n"
    assert (run.folder / "speak.wav").read_bytes() == WAV
    assert player.exists()


@pytest.mark.deep
def test_play_without_a_player_sends_nothing(run: Script) -> None:
    with serve() as server:
        done = run(*SPEAK, "--play", EIGENAI_BASE_URL=server.url, PATH="/nowhere")
    assert done.returncode == 2
    assert b"--play finds no player, and nothing was sent" in done.stderr
    assert server.connections == []


def test_several_inputs_share_a_folder_and_one_failure_stops_none(run: Script) -> None:
    for folder in ("x", "y"):
        (run.folder / folder).mkdir()
    for name in ("x/a.wav", "y/a.wav", "x/b.wav"):
        (run.folder / name).write_bytes(WAV)
    words = ("transcribe", "x/a.wav", "x/b.wav", "y/a.wav", "--model", "m", "-o", "heard")
    with serve(answer_text, refuse, answer_text) as server:
        done = run(*words, EIGENAI_BASE_URL=server.url)
    assert done.returncode == 1
    assert done.stdout == b"heard/a.txt\nheard/a-2.txt\n"
    assert done.stderr.decode().splitlines() == [
        "eigen-generate transcribe: x/b.wav: POST /api/v1/generate: 400 Bad Request: too quiet"
    ]
    assert {path.name for path in (run.folder / "heard").iterdir()} == {"a.txt", "a-2.txt"}


def test_an_input_that_is_missing_is_found_before_anything_is_sent(run: Script) -> None:
    (run.folder / "a.wav").write_bytes(WAV)
    with serve() as server:
        done = run("transcribe", "a.wav", "none.wav", "--model", "m", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"eigen-generate transcribe: no such file: 'none.wav'; nothing was sent\n"
    assert server.connections == []


def test_texts_of_several_inputs_say_which_they_are(run: Script) -> None:
    for name in ("a.wav", "b.wav"):
        (run.folder / name).write_bytes(WAV)
    with serve(answer_text, answer_text) as server:
        # Quoted for a shell, or typed in one that expands no patterns.
        done = run("transcribe", "*.wav", "--model", "m", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"==> a.wav <==\nheard\n==> b.wav <==\nheard\n"


def test_an_option_takes_several_files(run: Script) -> None:
    for name in ("a.png", "b.png"):
        (run.folder / name).write_bytes(PNG)
    words = ("edit", "blue", "--model", "m", "--images", "a.png", "b.png", "-o", "c.png")
    with serve(answer_image) as server:
        done = run(*words, EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout) == (0, b"c.png\n")
    assert server.received[0].body.count(b'name="images"; filename=') == 2


def test_json_reports_a_result(run: Script) -> None:
    with serve(answer_image) as server:
        done = run(*IMAGE, "--json", EIGENAI_BASE_URL=server.url)
    report = json.loads(done.stdout)
    timings = report.pop("timings")
    assert set(timings) == {"first_byte", "total"}
    assert report == {
        "command": "image",
        "path": "image.png",
        "media_type": "image/png",
        "size": len(PNG),
        "status": 200,
        "request_id": "r-1",
        "credits": {"x-credits-remaining": "7"},
        "attempts": 1,
    }


@pytest.mark.deep
def test_json_reports_a_failure(run: Script) -> None:
    with serve(refuse) as server:
        done = run(*IMAGE, "--json", EIGENAI_BASE_URL=server.url)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["error"], report["status"], report["exit_status"]) == ("BadRequestError", 400, 1)
    assert "too quiet" in report["message"]


def test_attempts_are_shown_without_the_key(run: Script) -> None:
    def ask_to_wait(peer: Peer) -> None:
        peer.read()
        peer.answer(429, b"{}", "Retry-After: 0", "Connection: close")

    with serve(ask_to_wait, answer_image) as server:
        done = run(*IMAGE, "-v", "--max-retries", "1", EIGENAI_BASE_URL=server.url)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 0
    assert [line[0] for line in lines] == [">", "<", "!", ">", "<"]
    assert "test-key" not in done.stderr.decode()
    with serve(ask_to_wait, answer_image) as server:
        assert run(*IMAGE, "--max-retries", "0", EIGENAI_BASE_URL=server.url).returncode == 1
    assert len(server.received) == 1


def test_variables_stand_for_options(run: Script) -> None:
    with serve(answer_image) as server:
        done = run("image", "a cat", EIGENAI_MODEL="from-the-variable", EIGENAI_BASE_URL=server.url)
        assert done.returncode == 0
    assert json.loads(server.received[0].body)["model"] == "from-the-variable"


@pytest.mark.deep
def test_a_local_server_needs_no_key(run: Script) -> None:
    words = ("image", "a cat", "--model", "eigen-image", "--local", "-o", "cat.png")
    done = run(*words, EIGENAI_API_KEY="", EIGENAI_BASE_URL="http://127.0.0.1:9")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"cat.png\n", b"")
    assert (run.folder / "cat.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.deep
def test_a_local_server_that_is_not_installed_is_named(run: Script) -> None:
    (run.folder / "sitecustomize.py").write_text("import sys\nsys.modules['eigen_reference'] = None\n")
    run.environment["PYTHONPATH"] = os.pathsep.join((str(run.folder), run.environment["PYTHONPATH"]))
    for words in ((*IMAGE, "--local"), ("serve",)):
        done = run(*words)
        assert done.returncode == 2
        assert done.stderr.endswith(b"the server is not installed; pip install 'eigen-contract[reference]'\n")


@pytest.mark.deep
def test_a_voice_is_saved(run: Script) -> None:
    (run.folder / "a.wav").write_bytes(WAV)

    def answer(peer: Peer) -> None:
        peer.read()
        peer.answer(200, b'{"voice_id": "v-1"}', "Connection: close")

    with serve(answer) as server:
        done = run("voice", "upload", "a.wav", "--model", "m", EIGENAI_BASE_URL=server.url)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"voice_id": "v-1"})
