"""Whatever a server does, a run ends in bounded time: with one clear line, or with a finding."""

import itertools
import socket
import threading
import time
from collections.abc import Callable

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from eigen_contract.command_line import main
from eigen_contract.examples import examples
from eigen_contract.spec import Contract
from eigen_contract.targets.budget import Pace
from eigen_contract.targets.live import POLITE, BudgetTransport, is_loopback, live
from tests.report.judging import Reply, answer_lifespan, answering, served

HEAD = b"HTTP/1.1 200 OK\r\n"
REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: /api/v1/generate\r\nContent-Length: 0\r\n\r\n"


def judged(url: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str, float]:
    """Run the command line; return its status, its last line on stderr, stdout, and its seconds."""
    began = time.monotonic()
    status = main(["run", "--target", f"live:{url}", "--budget", "6", "--timeout", "0.6", *more])
    ended = capsys.readouterr()
    assert "Traceback" not in ended.err
    return status, ended.err.splitlines()[-1], ended.out, time.monotonic() - began


def dripping(start: bytes, piece: bytes) -> Reply:
    """Send pieces without end, a few each second: a read timeout never comes."""

    def reply(connection: socket.socket, over: threading.Event) -> None:
        try:
            connection.sendall(start)
            while not over.wait(0.05):
                connection.sendall(piece)
        except OSError:
            return

    return reply


def leave_unanswered(_: socket.socket, __: threading.Event) -> None:
    """Take a connection and send nothing."""


def endless_headers(connection: socket.socket, over: threading.Event) -> None:
    try:
        connection.sendall(HEAD)
        while not over.is_set():
            connection.sendall(b"x-more: %s\r\n" % (b"a" * 4000))
    except OSError:
        return


@pytest.mark.parametrize(
    "reply",
    [dripping(HEAD, b"x-a: b\r\n"), dripping(b"", b"H"), dripping(b"", b" "), endless_headers],
    ids=["a header at a time", "a letter at a time", "a space at a time", "headers without end"],
)
@pytest.mark.usefixtures("key")
def test_an_answer_that_never_begins_is_given_up(reply: Reply, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(reply) as url:
        status, line, _, seconds = judged(url, capsys)
    assert status == 2
    assert "gives no whole answer" in line
    assert seconds < 5


@pytest.mark.usefixtures("key")
def test_a_redirect_is_not_followed(capsys: pytest.CaptureFixture[str]) -> None:
    received: list[bytes] = []
    with answering(lambda connection, _: connection.sendall(REDIRECT), received) as url:
        status, _, out, _ = judged(url, capsys)
    assert status == 1
    assert len(received) <= 6
    assert "status_is_documented" in out


@pytest.mark.usefixtures("key")
def test_resets_after_a_first_answer_are_findings_and_then_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    turns = itertools.count()

    def reply(connection: socket.socket, _: threading.Event) -> None:
        if next(turns) == 0:
            connection.sendall(
                HEAD + b"Content-Type: application/json\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
            )

    with answering(reply) as url:
        status, line, out, _ = judged(url, capsys)
    assert status == 2
    assert "3 requests in a row without an answer" in line
    assert "requests_are_answered" in out, "what was found until then is printed"


class Busy:
    """Answers 429 as long as it is told to, and then what the application says."""

    def __init__(self, app: ASGIApp, is_busy: Callable[[int], bool], retry_after: bytes | None) -> None:
        self._app = app
        self._is_busy = is_busy
        self._headers = [(b"content-type", b"application/json")]
        self._headers += [] if retry_after is None else [(b"retry-after", retry_after)]
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
            return
        self.asked += 1
        if not self._is_busy(self.asked):
            await self._app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 429, "headers": self._headers})
        await send({"type": "http.response.body", "body": b'{"message": "not now"}'})


@pytest.mark.parametrize("retry_after", [b"0", b"Thu, 01 Jan 2026 00:00:00 GMT"])
@pytest.mark.usefixtures("key")
def test_a_429_is_waited_out_and_asked_again(
    retry_after: bytes, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    """The request that is repeated counts: the budget is what the server is sent."""
    busy = Busy(app, lambda asked: asked % 3 != 0, retry_after)
    with served(busy) as host:
        arguments = ["--only", "image-generation", "--only", "speech-json", "--timeout", "60"]
        status, _, out, _ = judged(f"http://{host}", capsys, *arguments)
    assert status == 0
    assert busy.asked == 6
    assert "2 exchanges: clean" in out


@pytest.mark.parametrize("retry_after", [b"0", None])
@pytest.mark.usefixtures("key")
def test_three_429_in_a_row_end_the_run(
    retry_after: bytes | None, app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    busy = Busy(app, lambda asked: asked > 1, retry_after)
    with served(busy) as host:
        status, line, out, _ = judged(f"http://{host}", capsys, "--timeout", "60")
    assert status == 2
    assert "3 answers of 429 in a row" in line
    assert "1 exchanges: clean" in out, "what was judged until then is printed"
    assert busy.asked == 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost", True),
        ("http://[::1]:9", True),
        ("http://10.0.0.1", False),
    ],
)
def test_loopback_is_not_spared(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected
    with live(url, key="k", budget=1) as target:
        assert isinstance(target.transport, BudgetTransport)
        assert target.transport.pace.pause == (0.0 if expected else POLITE)


def test_a_rate_spaces_the_starts_of_requests() -> None:
    pace = Pace(rate=50.0)
    began = time.monotonic()
    for _ in range(6):
        pace.wait()
        pace.request_ended()
    assert time.monotonic() - began >= 5 / 50


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rate", "0"], "--rate 0"),
        (["--rate", "nan"], "--rate nan"),
        (["--concurrency", "0"], "--concurrency 0"),
    ],
)
@pytest.mark.usefixtures("key")
def test_a_pace_that_cannot_be(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--target", "live:http://127.0.0.1:9", "--budget", "1", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("key")
def test_a_dry_run_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    received: list[bytes] = []
    with answering(leave_unanswered, received) as url:
        status = main(["run", "--target", f"live:{url}", "--budget", "40", "--dry-run"])
    out = capsys.readouterr().out
    assert status == 0
    assert received == []
    assert "about 40 requests, a budget of 40:" in out
    assert "beyond the budget:" in out
    assert "not sent without --allow-negative:" in out


@pytest.mark.usefixtures("key")
def test_requests_at_a_time_find_what_one_by_one_find(
    app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--phase", "examples", "--concurrency", "4", "--budget", "200", "--timeout", "60"]
    with served(app) as host:
        status, _, out, _ = judged(f"http://{host}", capsys, *arguments)
    assert status == 0
    assert f"{len(list(examples(Contract.load())))} exchanges: clean" in out
