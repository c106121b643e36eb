"""Each program of examples/ does what it promises: in processes of its own, over real sockets.

Not named `test_*.py`: it needs FastAPI, so the session `examples` alone runs it.
"""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import wave
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from eigen_reference.local_server import LocalServer

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
START_SECONDS = 30.0
WAV_HEADER_SIZE = 44


@pytest.fixture(scope="module")
def shared_server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


@pytest.fixture
def server(shared_server: LocalServer) -> LocalServer:
    shared_server.reset()
    return shared_server


def variables(server: LocalServer) -> dict[str, str]:
    return {**os.environ, "EIGENAI_BASE_URL": server.base_url, "EIGENAI_API_KEY": server.api_key}


def run(command: list[str], server: LocalServer, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=variables(server),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def make_book(server: LocalServer, out: Path) -> subprocess.CompletedProcess[str]:
    book = EXAMPLES / "picture_book"
    return run([str(book / "book.py"), str(book / "story.txt"), "-o", str(out)], server)


def test_the_book_has_a_picture_and_a_voice_for_each_page(server: LocalServer, tmp_path: Path) -> None:
    done = make_book(server, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 of 3 pages" in done.stdout
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"index.html", *(f"page-{n}.{kind}" for n in (1, 2, 3) for kind in ("png", "wav"))}
    with wave.open(str(tmp_path / "page-1.wav"), "rb") as audio:
        assert audio.getnframes() > 0


def test_a_book_that_was_stopped_goes_on_and_pays_nothing_twice(server: LocalServer, tmp_path: Path) -> None:
    server.fault("status=402")
    stopped = make_book(server, tmp_path)
    assert stopped.returncode == 1
    assert "2 of 3 pages" in stopped.stdout
    assert "run it again" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    server.reset()
    assert make_book(server, tmp_path).returncode == 0
    assert len(server.requests) == 1


@contextmanager
def running_proxy(server: LocalServer) -> Generator[httpx.Client, None, None]:
    """Start the proxy as its README does, and yield a browser of it, whose first request waits for it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        command = [sys.executable, "-m", "uvicorn", "--app-dir", "examples/speech_proxy", "app:app"]
        with subprocess.Popen(
            [*command, "--fd", str(listener.fileno()), "--log-level", "warning"],
            cwd=ROOT,
            env=variables(server),
            pass_fds=[listener.fileno()],
        ) as process:
            try:
                url = f"http://127.0.0.1:{listener.getsockname()[1]}"
                with httpx.Client(base_url=url, timeout=START_SECONDS) as browser:
                    yield browser
            finally:
                process.terminate()


@pytest.fixture(scope="module")
def proxy(shared_server: LocalServer) -> Iterator[httpx.Client]:
    with running_proxy(shared_server) as browser:
        yield browser


def test_the_proxy_shows_its_page(proxy: httpx.Client, server: LocalServer) -> None:
    page = proxy.get("/")
    assert "<audio" in page.text
    assert server.api_key not in page.text


def test_speech_is_heard_while_it_is_made(proxy: httpx.Client, server: LocalServer) -> None:
    server.fault("drip=60000")
    arrivals: list[float] = []
    started = time.monotonic()
    with proxy.stream(
        "GET", "/speech", params={"text": "The first words come before the last ones."}
    ) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
        content = b""
        for part in answer.iter_raw():
            arrivals.append(time.monotonic() - started)
            content += part
    assert content[:4] + content[8:12] == b"RIFFWAVE"
    assert len(content) > WAV_HEADER_SIZE + 20_000
    assert arrivals[0] < arrivals[-1] / 2, arrivals


@pytest.mark.parametrize(
    ("fault", "status", "retry_after"),
    [("status=429; retry-after=600", 503, "600"), ("status=402", 502, None), ("status=500", 502, None)],
)
def test_what_the_service_refuses_is_a_status_of_the_proxy(
    fault: str, status: int, retry_after: str | None, proxy: httpx.Client, server: LocalServer
) -> None:
    server.fault(fault)
    answer = proxy.get("/speech", params={"text": "Hello"})
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, retry_after)
    assert len(server.requests) == 1


def test_speech_that_breaks_off_is_no_whole_file(proxy: httpx.Client, server: LocalServer) -> None:
    server.fault("truncate=20000")
    with pytest.raises(httpx.RemoteProtocolError):
        proxy.get("/speech", params={"text": "This will not be heard to its end."})


def test_a_text_that_is_too_long_is_sent_to_nobody(proxy: httpx.Client, server: LocalServer) -> None:
    assert proxy.get("/speech", params={"text": "word " * 1000}).status_code == 422
    assert server.requests == []


def test_the_tests_of_the_cards_pass(server: LocalServer) -> None:
    done = run(["-m", "pytest", "-q", "-p", "no:cacheprovider", "examples/greeting_cards"], server)
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout


def test_the_tests_of_the_cards_notice_a_broken_program(server: LocalServer, tmp_path: Path) -> None:
    """Somebody takes every failure for one that costs nothing: their tests turn red."""
    copy = tmp_path / "greeting_cards"
    shutil.copytree(EXAMPLES / "greeting_cards", copy, ignore=shutil.ignore_patterns("__pycache__"))
    program = (copy / "cards.py").read_text("utf-8")
    broken = program.replace("except OutcomeUnknownError", "except ZeroDivisionError")
    assert broken != program
    (copy / "cards.py").write_text(broken, "utf-8")
    done = run(["-m", "pytest", "-q", "-p", "no:cacheprovider", str(copy)], server, copy)
    assert "1 failed, 4 passed" in done.stdout


def test_each_line_of_the_readme_names_a_program_that_is_there() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    commands = [part for part in readme.split("`") if part.startswith("python ")]
    assert len(commands) == 3
    for command in commands:
        for word in shlex.split(command):
            if word.startswith("examples/"):
                assert (ROOT / word).exists(), word
