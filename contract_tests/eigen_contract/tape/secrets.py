"""Keeps keys off a tape: what looks like a key is refused, and the key in use is searched for."""

import re

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Headers
from eigen_contract.redaction import Redaction

SECRET = re.compile(rb'sk-[A-Za-z0-9_-]{16,}|(?i:bearer)\s+[A-Za-z0-9._~+/-]{8,}|"(?i:authorization)"\s*:')
"""What looks like a key: the vendor's own form, a bearer token (RFC 6750, section 2.1), its JSON header."""
SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token"}
)
"""Headers that hold a key or name a person, in lower case."""


def refuse_secrets(data: bytes, place: str) -> None:
    """Refuse what looks like a key.

    Raises:
        CannotJudgeError: it does.
    """
    if SECRET.search(data):
        raise CannotJudgeError(f"{place} holds what looks like a key; remove it and record again")


def refuse_secret_headers(headers: Headers, place: str) -> None:
    """Refuse headers that hold a key.

    Raises:
        CannotJudgeError: there is one.
    """
    for name, _ in headers:
        if name.lower() in SECRET_HEADERS:
            raise CannotJudgeError(
                f"{place} has the header {name}, which looks like a key; remove it and record again"
            )


def holds_key(exchange: Exchange, key: str) -> bool:
    """Say whether anything that a tape would keep of an exchange holds the key, however it is written."""
    request, response = exchange.request, exchange.response
    texts = [request.target, *(value for _, value in (*request.headers, *response.headers))]
    kept = [request.body, response.body, *(text.encode("utf-8", "surrogateescape") for text in texts)]
    return any(Redaction(key).finds(data) for data in kept)
