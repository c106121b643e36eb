"""`-` on the command line is stdin, for files and for texts."""

import os
import subprocess
import sys

import pytest

from tests.client.answering import WAV
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, Server, serve

SPEAK = ("speak", "-", "--model", "m", "-o", "speech.wav")
HEAR = ("transcribe", "-", "--model", "m")
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60


def answer_with_sound(peer: Peer) -> None:
    """Take a request, and answer with sound."""
    peer.read()
    peer.answer(200, WAV, "Content-Type: audio/wav")


def answer_with_text(peer: Peer) -> None:
    """Take a request, and answer with a text."""
    peer.read()
    peer.answer(200, b'{"text": "heard"}')


def sent_text(server: Server) -> str:
    """Return the field `text` of the form that came."""
    _, _, rest = server.received[0].body.partition(b'name="text"\r\n\r\n')
    return rest.partition(b"\r\n--")[0].decode()


@pytest.mark.parametrize(
    ("stdin", "text"),
    [
        (b"hello\n", "hello"),
        ("caf\u00e9\r\nau lait\r\n".encode(), "caf\u00e9\r\nau lait"),
        (b"\xef\xbb\xbfhello", "hello"),
    ],
)
def test_a_text_is_read_from_stdin(run: Script, stdin: bytes, text: str) -> None:
    with serve(answer_with_sound) as server:
        done = run.read_stdin(stdin, *SPEAK, EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stderr) == (0, b"")
    assert sent_text(server) == text


def test_a_file_is_read_from_stdin(run: Script) -> None:
    with serve(answer_with_text) as server:
        done = run.read_stdin(WAV, *HEAR, EIGENAI_BASE_URL=server.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"heard\n", b"")
    assert WAV in server.received[0].body


@pytest.mark.parametrize(
    ("stdin", "words", "status", "line"),
    [
        (b"", SPEAK, 2, "speak: TEXT: stdin is empty, and nothing was sent"),
        (b" \n\n", SPEAK, 2, "speak: TEXT: stdin is empty, and nothing was sent"),
        (b"\x89PNG", SPEAK, 2, "speak: TEXT: what stdin holds is no text in UTF-8, and nothing was sent"),
        (bytes(9), SPEAK, 2, "speak: TEXT: what stdin holds is no text in UTF-8, and nothing was sent"),
        (b"", HEAR, 2, "the file is empty"),
        (b"x", (*SPEAK, "--voice", "-"), 2, "stdin can be read once, but TEXT and --voice are both -"),
    ],
)
def test_a_stdin_that_cannot_be_used_is_reported_in_one_line(
    run: Script, stdin: bytes, words: tuple[str, ...], status: int, line: str
) -> None:
    with serve() as server:
        failed = run.read_stdin(stdin, *words, EIGENAI_BASE_URL=server.url)
    assert failed.returncode == status
    assert line in failed.stderr.decode().splitlines()[-1]
    assert server.received == []
    assert list(run.folder.iterdir()) == []


def test_a_closed_stdin_is_reported(run: Script) -> None:
    script = f"exec {sys.executable} -m eigen_generate {' '.join(SPEAK)} <&-"
    failed = subprocess.run(
        ["sh", "-c", script],
        cwd=run.folder,
        env=run.environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert failed.returncode == 2
    assert b"TEXT: stdin is closed, and nothing was sent" in failed.stderr


def test_a_terminal_on_stdin_is_announced(run: Script) -> None:
    terminal, stdin = os.openpty()
    command = [sys.executable, "-m", "eigen_generate", *SPEAK]
    with serve(answer_with_sound) as server:
        environment = {**run.environment, "EIGENAI_BASE_URL": server.url}
        process = subprocess.Popen(
            command, cwd=run.folder, env=environment, stdin=stdin, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        assert process.stderr.readline() == (
            b"eigen-generate speak: TEXT is read from the terminal; end it with Ctrl-D\n"
        )
        os.write(terminal, b"hello\n\x04")
        assert process.communicate(timeout=PATIENCE)[1] == b""
    os.close(stdin)
    os.close(terminal)
    assert sent_text(server) == "hello"
