import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .errors import SDKError


class Attempt(NamedTuple):
    """One attempt as hooks see it: no content, and no key.

    `headers` are the request's until there is an answer, then the answer's, by lower-case name. `size` is
    the request body's in bytes, None if nobody knows. `elapsed` are the seconds since the attempt began;
    `wait` are those until the next one, None if the call fails with `error`.
    """

    method: str
    url: str
    number: int
    headers: Mapping[str, str]
    size: int | None = None
    elapsed: float = 0.0
    status_code: int | None = None
    error: SDKError | None = None
    wait: float | None = None


class Hooks:
    """What is called for each attempt, in the thread or event loop of the call; plain functions, quick ones.

    `request` is called before an attempt is sent, and may raise to stop it. `upload` is called
    with the bytes of the body that were sent and their total (None if nobody knows). `response` is called
    with the head of every answer, `error` for every failure; what these two raise is logged, because an
    answer may be paid for.
    """

    __slots__ = ("error", "request", "response", "upload")

    def __init__(
        self,
        *,
        request: Callable[[Attempt], object] | None = None,
        response: Callable[[Attempt], object] | None = None,
        error: Callable[[Attempt], object] | None = None,
        upload: Callable[[int, int | None], object] | None = None,
    ) -> None:
        self.request: Callable[[Attempt], object] | None = request
        self.response: Callable[[Attempt], object] | None = response
        self.error: Callable[[Attempt], object] | None = error
        self.upload: Callable[[int, int | None], object] | None = upload


def tell(hook: Callable[[Attempt], object], attempt: Attempt, logger: logging.Logger) -> None:
    try:
        hook(attempt)
    except Exception:
        logger.exception("a hook failed")
