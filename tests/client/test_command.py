"""The console script, as a process against the reference server."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import eigen_generate
from tests.client.answering import PNG, WAV
from tests.client.console_script import Script

IMAGE = ("image", "a cat", "--model", "eigen-image")


def test_does_each_job(run: Script) -> None:
    jobs = [
        (*IMAGE, "-o", "cat.png"),
        ("edit", "blue", "--model", "qwen-image-edit-2511", "--image-file", "cat.png", "-o", "blue"),
        ("speak", "the quick brown fox", "--model", "higgs2p5", "-o", "fox.wav"),
        ("video", "turn", "--model", "wan2p2-i2v-14b-turbo", "--image", "cat.png", "-o", "turning.mp4"),
    ]
    done = [run(*job) for job in jobs]
    assert [process.returncode for process in done] == [0] * len(jobs), done
    heads = {path.name: path.read_bytes()[:8] for path in run.folder.iterdir()}
    assert heads["cat.png"] == heads["blue.png"] == b"\x89PNG\r\n\x1a\n"
    assert heads["fox.wav"][:4] == b"RIFF"
    assert heads["turning.mp4"][4:] == b"ftyp"
    heard = run("transcribe", "fox.wav", "--model", "whisper")
    assert b"quick" in heard.stdout
    assert run("transcribe", "fox.wav", "--model", "whisper", "-o", "heard").stdout == b"heard.txt\n"
    assert (run.folder / "heard.txt").read_bytes() == heard.stdout


def test_a_file_that_it_names_replaces_none(run: Script) -> None:
    printed = [run(*IMAGE).stdout.decode().strip() for _ in range(2)]
    assert printed == ["image.png", "image-2.png"]


@pytest.fixture
def answers() -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yields the URL of a server, and the list whose first answer it gives."""
    answers: list[tuple[Any, ...]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            media_type, content, *steps = answers[0]
            for step in steps:
                step()
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", answers
        server.shutdown()


def test_keeps_an_answer_that_is_no_result(run: Script, answers: tuple[str, list[tuple[Any, ...]]]) -> None:
    answers[1].append(("text/html", b"<html>a page</html>"))
    failed = run(*IMAGE, EIGENAI_BASE_URL=answers[0])
    assert failed.returncode == 1
    assert failed.stderr.endswith(b"kept in image.answer\n")
    assert (run.folder / "image.answer").read_bytes() == b"<html>a page</html>"


def test_saves_to_a_temporary_file_if_the_folder_is_gone(
    run: Script, answers: tuple[str, list[tuple[Any, ...]]]
) -> None:
    url, next_answers = answers
    (gone := run.folder / "gone").mkdir()
    (spare := run.folder / "spare").mkdir()
    command = f'rmdir "$PWD"; exec {sys.executable} -m eigen_generate image "a cat" --model m'
    for answer in (("image/png", PNG), ("text/html", b"<html>")):
        gone.mkdir(exist_ok=True)
        next_answers[:] = [answer]
        environment = {**run.environment, "EIGENAI_BASE_URL": url, "TMPDIR": str(spare)}
        done = subprocess.run(
            ["sh", "-c", command], cwd=gone, env=environment, capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout) == (1, b""), done.stderr
        assert b"cannot write 'image" in done.stderr
        assert os.fsencode(spare) in done.stderr
        assert b"Traceback" not in done.stderr
    kept = {path.read_bytes(): path.suffix for path in spare.iterdir()}
    assert kept == {PNG: ".png", b"<html>": ".answer"}


def _replace_by_file(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("")


@pytest.mark.parametrize("spoil", [Path.rmdir, _replace_by_file])
def test_saves_to_a_temporary_file_if_the_output_folder_is_gone(
    run: Script, answers: tuple[str, list[tuple[Any, ...]]], spoil: Callable[[Path], object]
) -> None:
    folder, spare = run.folder / "folder", run.folder / "spare"
    spare.mkdir()
    (run.folder / "a.wav").write_bytes(WAV)
    variables = {"EIGENAI_BASE_URL": answers[0], "TMPDIR": str(spare)}
    hear = ("transcribe", "a.wav", "--model=m", "-o")
    for media_type, content, words in (("image/png", PNG, (*IMAGE, "-o")), ("text/plain", b"heard", hear)):
        if folder.exists():
            folder.unlink()
        folder.mkdir()
        answers[1][:] = [(media_type, content, partial(spoil, folder))]
        failed = run(*words, "folder/out.bin", **variables)
        assert failed.returncode == 1
        assert b"no directory 'folder'" in failed.stderr
        assert b"kept in " + os.fsencode(spare) in failed.stderr
    assert {path.read_bytes() for path in spare.iterdir()} == {PNG, b"heard\n"}


@pytest.mark.parametrize(
    ("media_type", "content", "output"),
    [
        ("audio/mpeg", b"<html>a page</html>", "-"),
        ("text/event-stream", b'data: {"type": "complete"}\n\n', "a.wav"),
        ("audio/mpeg", b"<html>a page</html>", "a"),
    ],
)
def test_keeps_a_stream_that_is_no_result(
    run: Script, answers: tuple[str, list[tuple[Any, ...]]], media_type: str, content: bytes, output: str
) -> None:
    answers[1].append((media_type, content))
    failed = run("speak", "hi", "--model", "m", "--stream", "-o", output, EIGENAI_BASE_URL=answers[0])
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr.endswith(b"kept in speak.answer\n")
    assert {path.name: path.read_bytes() for path in run.folder.iterdir()} == {"speak.answer": content}


def test_names_a_stream_by_its_media_type(run: Script, answers: tuple[str, list[tuple[Any, ...]]]) -> None:
    answers[1].append(("audio/mpeg", b"ID3" + bytes(100)))
    done = run("speak", "hi", "--model", "m", "--stream", EIGENAI_BASE_URL=answers[0])
    assert (done.stdout, done.stderr) == (b"speak.mp3\n", b"")


def test_prints_and_saves_text_that_cannot_be_encoded(
    run: Script, answers: tuple[str, list[tuple[Any, ...]]]
) -> None:
    answers[1].append(("application/json", b'{"text": "caf\\u00e9 \\ud800"}'))
    (run.folder / "a.wav").write_bytes(b"RIFF")
    words = ("transcribe", "a.wav", "--model", "m")
    printed = run(*words, EIGENAI_BASE_URL=answers[0], PYTHONIOENCODING="ascii")
    assert (printed.stdout, printed.stderr) == (b"caf\\xe9 \\ud800\n", b"")
    saved = run(*words, "-o", "heard.txt", EIGENAI_BASE_URL=answers[0])
    assert (saved.stdout, saved.stderr) == (b"heard.txt\n", b"")
    assert (run.folder / "heard.txt").read_bytes() == "caf\u00e9 \\ud800\n".encode()


def test_reports_a_full_stdout(run: Script) -> None:
    command = [sys.executable, "-m", "eigen_generate", *IMAGE, "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, env=run.environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [b"eigen-generate image: [Errno 28] No space left on device"]


def test_writes_media_to_stdout(run: Script) -> None:
    assert run(*IMAGE, "-o", "-").stdout.startswith(b"\x89PNG")
    spoken = run("speak", "hi", "--model", "higgs2p5", "--stream", "-o", "-")
    assert spoken.stdout.startswith(b"RIFF"), spoken


def test_no_wait_prints_the_job(run: Script) -> None:
    (run.folder / "in.png").write_bytes(run(*IMAGE, "-o", "-").stdout)
    printed = run("video", "turn", "--model", "wan2p2-i2v-14b-turbo", "--image", "in.png", "--no-wait")
    assert b'"task_id"' in printed.stdout


@pytest.mark.parametrize(
    "words", [(*IMAGE, "--dry-run"), ("curl", *IMAGE), ("curl", "image", "--model=m", "--", "x")]
)
def test_a_request_is_printed_for_curl_without_a_server_or_a_key(run: Script, words: tuple[str, ...]) -> None:
    variables = {"EIGENAI_BASE_URL": "http://127.0.0.1:9", "EIGENAI_API_KEY": ""}
    printed = run(*words, **variables)
    assert (printed.returncode, printed.stderr) == (0, b"")
    assert printed.stdout.startswith(b"curl ")
    assert b'"Authorization: Bearer $EIGENAI_API_KEY"' in printed.stdout
    with_key = run(*words, **variables | {"EIGENAI_API_KEY": "test-key"})
    assert with_key.stdout == printed.stdout


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (("image", "x"), 2, "--model is missing; give it, or set EIGENAI_MODEL"),
        ((*IMAGE, "--width", "abc"), 2, "Invalid value for --width: 'abc' is not a number"),
        ((*IMAGE, "--widht", "3"), 2, "unknown option --widht: did you mean --width?"),
        ((*IMAGE, "--extra", "{"), 2, "Invalid value for --extra: not JSON"),
        ((*IMAGE, "another"), 2, "too many words: 'another'; a text of several words needs quotes"),
        ((*IMAGE, "--images", "a.png"), 2, "unknown option --images. See"),
        ((*IMAGE, "-o", "nowhere/x.png"), 2, "nowhere/x.png cannot be written, and nothing was sent"),
        ((*IMAGE, "-o", "."), 2, ". cannot be written, and nothing was sent"),
        ((*IMAGE, "-o", "/dev/null"), 2, "/dev/null cannot be written, and nothing was sent"),
        ((*IMAGE, "-o", "x" * 300), 2, "cannot be written, and nothing was sent"),
        ((*IMAGE, "--width", "3"), 1, "400 Bad Request: width must be at least 512"),
        (("transcribe", "none.wav", "--model", "m"), 2, "FILE: no such file: 'none.wav'"),
        (("transcribe", "*.none", "--model", "m"), 2, "no file matches '*.none'"),
        (("imag", "x"), 2, "no command 'imag': did you mean image?"),
        (("sing",), 2, "no command 'sing': there are image, edit, transcribe"),
    ],
)
def test_reports_a_mistake_in_one_line(run: Script, words: tuple[str, ...], status: int, line: str) -> None:
    failed = run(*words)
    assert (failed.returncode, failed.stdout) == (status, b"")
    assert line in failed.stderr.decode().splitlines()[-1]
    assert list(run.folder.iterdir()) == []


def test_prints_its_version(run: Script) -> None:
    assert run("--version").stdout.decode() == f"eigen-generate {eigen_generate.__version__}\n"


def test_names_the_variable_of_a_missing_key(run: Script) -> None:
    failed = run(*IMAGE, EIGENAI_API_KEY="")
    assert failed.returncode == 2
    assert failed.stderr.endswith(b"Pass --api-key or set EIGENAI_API_KEY\n")


@pytest.mark.parametrize("words", [("--dry-run",), ("-o", "-")])
def test_ends_quietly_when_its_reader_has_closed(run: Script, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "eigen_generate", *IMAGE, *words]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command, env=run.environment, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
