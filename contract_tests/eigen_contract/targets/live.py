"""Any server by its URL: within a budget of requests, and stopped by the first storm of refusals."""

import time
from collections.abc import Iterator

import httpx

from eigen_contract.errors import BudgetSpentError, CannotJudgeError, StoppedError
from eigen_contract.exchange import WRONG_KEY
from eigen_contract.targets.bounded import BoundedTransport
from eigen_contract.targets.target import Capability, Target

WRONG = (None, f"Bearer {WRONG_KEY}")
"""Authorization headers that are to be refused: a 401 says nothing about the key then."""
STORM = 3
"""Answers 402 or 429 in a row after which nobody should go on asking."""
DAY = 86_400
"""Seconds of the longest wait: beyond it is a slip of the pen, or what a socket cannot count."""


class BudgetTransport(httpx.BaseTransport):
    """Counts requests against a budget, spaces them, and looks at who answers.

    Args:
        budget: the most requests that are sent.
        interval: seconds between the end of one request and the start of the next.
        patience: seconds in which a whole answer must have come.
    """

    def __init__(
        self, inner: httpx.BaseTransport, *, budget: int, interval: float, patience: float = 300.0
    ) -> None:
        self._inner = inner
        self._budget = budget
        self._sent = 0
        self._interval = interval
        self._patience = patience
        self._next = 0.0
        self._refused = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, if it may be sent, and read its answer to the end."""
        if self._sent >= self._budget:
            raise BudgetSpentError(f"the budget of {self._budget} requests is spent; give a larger --budget")
        self._sent += 1
        time.sleep(max(0.0, self._next - time.monotonic()))
        began = time.monotonic()
        answered = self._inner.handle_request(request)
        chunks, first_byte = list[bytes](), None
        for chunk in self._within_patience(request, answered):
            first_byte = first_byte or time.monotonic() - began
            chunks.append(chunk)
        response = httpx.Response(
            answered.status_code,
            headers=answered.headers,
            stream=httpx.ByteStream(b"".join(chunks)),
            request=request,
            extensions={"first_byte": first_byte, "last_byte": time.monotonic() - began},
        )
        self._next = time.monotonic() + self._interval
        self._watch(request.url, response)
        return response

    def _within_patience(self, request: httpx.Request, response: httpx.Response) -> Iterator[bytes]:
        """Yield an answer's bytes as they come, until it takes too long."""
        deadline = time.monotonic() + self._patience
        try:
            for chunk in response.stream if isinstance(response.stream, httpx.SyncByteStream) else ():
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("its answer does not end", request=request)
                yield chunk
        finally:
            response.close()

    def _watch(self, url: httpx.URL, response: httpx.Response) -> None:
        """Stop at what is no API at all, and at a storm of refusals.

        Raises:
            CannotJudgeError: the very first answer is HTML, or says that the key is wrong.
            StoppedError: the last answers were all 402 or 429.
        """
        status = response.status_code
        if self._sent == 1 and response.headers.get("content-type", "").lower().startswith("text/html"):
            raise CannotJudgeError(
                f"{url.scheme}://{url.netloc.decode()} answers {status} with HTML: that is no API, but "
                "a site, a proxy or a login page; look at the URL"
            )
        if self._sent == 1 and status == 401 and response.request.headers.get("authorization") not in WRONG:
            raise CannotJudgeError(
                f"{url.scheme}://{url.netloc.decode()} answers 401: it does not take the key; "
                "see that EIGENAI_API_KEY holds the right one"
            )
        self._refused = self._refused + 1 if status in (402, 429) else 0
        if self._refused >= STORM:
            raise StoppedError(f"{STORM} answers of {status} in a row: the account takes no more; try later")

    def close(self) -> None:
        self._inner.close()


def live(
    url: str,
    *,
    key: str | None,
    budget: int | None,
    allow_negative: bool,
    interval: float,
    timeout: float = 300.0,
) -> Target:
    """Judge the server at a URL.

    Args:
        budget: the most requests that may be sent.
        interval: seconds between two requests.
        timeout: seconds to wait for an answer.

    Raises:
        CannotJudgeError: the URL is none, or there is no key or no budget.
    """
    see_url(url)
    if not key:
        raise CannotJudgeError("a live target needs a key; set EIGENAI_API_KEY")
    if not key.isascii() or not key.isprintable():
        raise CannotJudgeError(
            "EIGENAI_API_KEY holds a character that no header can carry; look for a line break"
        )
    if not budget or budget < 1:
        raise CannotJudgeError("a live target needs a budget of requests; give --budget N")
    if not 0 < timeout <= DAY:
        raise CannotJudgeError(f"--timeout {timeout:g}: give more than 0 and at most {DAY} seconds")
    transport = BudgetTransport(
        BoundedTransport(httpx.HTTPTransport()), budget=budget, interval=interval, patience=timeout
    )
    allowed: frozenset[Capability] = frozenset({"refusals"} if allow_negative else ())
    return Target("live", url, transport, key, allowed, timeout=timeout)


def see_url(url: str) -> None:
    """See that a URL can be asked.

    Raises:
        CannotJudgeError: it cannot, or it holds a password, which reports would show.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise CannotJudgeError(f"{url!r} is no URL ({error}); write live:https://host") from error
    if parsed.userinfo:
        raise CannotJudgeError(
            "the URL of the target holds a user or a password; give the key in EIGENAI_API_KEY"
        )
    if "?" in url or "#" in url:
        raise CannotJudgeError(f"{url!r} holds a query or a fragment; write live:https://host")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise CannotJudgeError(f"{url!r} is no URL; write live:https://host")
