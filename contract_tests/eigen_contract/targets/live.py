"""Any server by its URL: within a budget of requests, at a polite pace, and stopped by refusals in a row."""

import ipaddress
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from eigen_contract.errors import CannotJudgeError, StoppedError
from eigen_contract.targets.bounded import BoundedTransport
from eigen_contract.targets.budget import Pace, RequestBudget
from eigen_contract.targets.deadlines import DeadlineTransport
from eigen_contract.targets.target import Capability, Target

STORM = 3
"""Answers 402 or 429 in a row after which the run ends."""
POLITE = 0.2
"""Seconds between two requests, where no rate is given and the server is on another machine."""
DEFAULT_WAIT = 1.0
"""Seconds to wait after a 429 that does not say how long."""
DAY = 86_400
"""Seconds of the longest wait: beyond it is a slip of the pen, or what a socket cannot count."""
MOST_CONCURRENCY = 64


class BudgetTransport(httpx.BaseTransport):
    """Counts requests against a budget, spaces them, and looks at who answers.

    A 429, and a 503 that says when to come back, are waited out and asked again, which counts.

    Args:
        key: what requests are authorised with, unless a scenario sends another on purpose.
        patience: seconds in which a whole answer must have come.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport,
        *,
        key: str,
        budget: RequestBudget,
        pace: Pace,
        patience: float = 300.0,
    ) -> None:
        self._inner = inner
        self._authorization = f"Bearer {key}"
        self._budget = budget
        self.pace = pace
        self._patience = patience
        self._answered = False
        self._refused = 0
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, again if the server asks for time, and read its answer to the end.

        Raises:
            StoppedError: the budget is spent, or the server refuses again and again.
        """
        while True:
            response = self._exchange(request)
            self._watch(request, response)
            seconds = wait_asked_for(response)
            if seconds is None:
                return response
            self.pace.hold(seconds)

    def _exchange(self, request: httpx.Request) -> httpx.Response:
        self._budget.take()
        self.pace.wait()
        began = time.monotonic()
        answered = self._inner.handle_request(request)
        chunks, first_byte = list[bytes](), None
        for chunk in self._within_patience(request, answered):
            first_byte = first_byte or time.monotonic() - began
            chunks.append(chunk)
        self.pace.request_ended()
        return httpx.Response(
            answered.status_code,
            headers=answered.headers,
            stream=httpx.ByteStream(b"".join(chunks)),
            request=request,
            extensions={"first_byte": first_byte, "last_byte": time.monotonic() - began},
        )

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

    def _watch(self, request: httpx.Request, response: httpx.Response) -> None:
        """Stop at an answer that is not an API's, and at refusals in a row.

        Raises:
            CannotJudgeError: the first answer to the right key is HTML, or says that the key is wrong.
            StoppedError: the last answers were all 402, 429 or 503 with Retry-After.
        """
        status = response.status_code
        has_key = request.headers.get("authorization") == self._authorization
        with self._lock:
            is_first = has_key and not self._answered
            self._answered = self._answered or has_key
            is_refusal = status == 402 or wait_asked_for(response) is not None
            self._refused = self._refused + 1 if is_refusal else 0
            is_storm = self._refused >= STORM
        host = f"{request.url.scheme}://{request.url.netloc.decode()}"
        if is_first and is_page(response):
            raise CannotJudgeError(
                f"{host} answers {status} with HTML: that is no API, but a site, a proxy or a login page; "
                "look at the URL"
            )
        if is_first and status == 401:
            raise CannotJudgeError(
                f"{host} answers 401: it does not take the key; see that EIGENAI_API_KEY holds the right one"
            )
        if is_storm:
            cure = "try later, or with a lower --rate" if status == 429 else "try later"
            raise StoppedError(f"{host}: {STORM} answers of {status} in a row: it takes no more; {cure}")

    def close(self) -> None:
        self._inner.close()


def is_page(response: httpx.Response) -> bool:
    """Say whether an answer is a page for people. JSON that is merely labelled as HTML is a finding."""
    is_html = response.headers.get("content-type", "").lower().startswith("text/html")
    return is_html and not response.read().lstrip().startswith((b"{", b"["))


def wait_asked_for(response: httpx.Response) -> float | None:
    """Return the seconds for which an answer asks before the same request is sent again; None if it does not.

    Retry-After is a number of seconds or an HTTP date (RFC 9110, section 10.2.3). A 429 without it, or with a
    value that cannot be read, asks for `DEFAULT_WAIT`; a 503 without it says nothing about another attempt.
    """
    value = response.headers.get("retry-after")
    if response.status_code not in (429, 503) or (value is None and response.status_code == 503):
        return None
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return DEFAULT_WAIT
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def live(
    url: str,
    *,
    key: str | None,
    budget: int | None,
    allow_negative: bool = False,
    rate: float | None = None,
    concurrency: int = 1,
    timeout: float = 300.0,
) -> Target:
    """Judge the server at a URL.

    Args:
        budget: the most requests that may be sent.
        allow_negative: whether requests may be sent that the server has to refuse.
        rate: the most requests a second; without it there is a pause between two, except on loopback.
        concurrency: the most requests at a time.
        timeout: seconds to wait for a whole answer.

    Raises:
        CannotJudgeError: the URL is not valid, or there is no key or no budget, or a number is out of bounds.
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
    if rate is not None and not 1 / DAY <= rate <= 10_000:
        raise CannotJudgeError(f"--rate {rate:g}: give requests a second, more than 0 and at most 10000")
    if not 1 <= concurrency <= MOST_CONCURRENCY:
        raise CannotJudgeError(f"--concurrency {concurrency}: give 1 to {MOST_CONCURRENCY}")
    pause = 0.0 if rate is not None or is_loopback(url) else POLITE
    requests = RequestBudget(budget)
    transport = BudgetTransport(
        BoundedTransport(DeadlineTransport(timeout, concurrency)),
        key=key,
        budget=requests,
        pace=Pace(rate, pause),
        patience=timeout,
    )
    allowed: frozenset[Capability] = frozenset({"requests", "refusals"} if allow_negative else {"requests"})
    return Target(
        "live", url, transport, key, allowed, timeout=timeout, budget=requests, concurrency=concurrency
    )


def is_loopback(url: str) -> bool:
    """Say whether a URL leads to this machine, by its host alone."""
    host = httpx.URL(url).host
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
