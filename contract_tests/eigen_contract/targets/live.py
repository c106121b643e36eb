"""Any server by its URL: within a budget of requests, and stopped by the first storm of refusals."""

import time
from urllib.parse import urlsplit

import httpx

from eigen_contract.errors import CannotJudgeError
from eigen_contract.targets.target import Capability, Target

STORM = 3
"""Answers 402 or 429 in a row after which nobody should go on asking."""


class BudgetTransport(httpx.BaseTransport):
    """Counts requests against a budget, and spaces them."""

    def __init__(self, inner: httpx.BaseTransport, *, budget: int, interval: float) -> None:
        self._inner = inner
        self._left = budget
        self._interval = interval
        self._next = 0.0
        self._refused = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._left <= 0:
            raise CannotJudgeError("the budget of requests is spent; give a larger --budget")
        self._left -= 1
        time.sleep(max(0.0, self._next - time.monotonic()))
        response = self._inner.handle_request(request)
        self._next = time.monotonic() + self._interval
        self._refused = self._refused + 1 if response.status_code in (402, 429) else 0
        if self._refused >= STORM:
            raise CannotJudgeError(
                f"{STORM} answers of {response.status_code} in a row: the account takes no more"
            )
        return response

    def close(self) -> None:
        self._inner.close()


def live(url: str, *, key: str | None, budget: int | None, allow_negative: bool, interval: float) -> Target:
    """Judge the server at a URL.

    Args:
        budget: the most requests that may be sent.
        interval: seconds between two requests.

    Raises:
        CannotJudgeError: the URL is none, or there is no key or no budget.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise CannotJudgeError(f"{url!r} is no URL; write live:https://host")
    if not key:
        raise CannotJudgeError("a live target needs a key; set EIGENAI_API_KEY")
    if not budget or budget < 1:
        raise CannotJudgeError("a live target needs a budget of requests; give --budget N")
    transport = BudgetTransport(httpx.HTTPTransport(), budget=budget, interval=interval)
    allowed: frozenset[Capability] = frozenset({"refusals"} if allow_negative else ())
    return Target("live", url, transport, key, allowed, timeout=300.0)
