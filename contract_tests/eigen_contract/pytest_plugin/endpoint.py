"""Which requests of a program go to the endpoint, and what the judge takes of them."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from eigen_contract.exchange import AuthClass, Request
from eigen_contract.spec import Contract


@frozen
class Endpoint:
    """The paths and the hosts of the contract."""

    paths: tuple[re.Pattern[str], ...]
    hosts: frozenset[str]

    @classmethod
    def of(cls, contract: Contract) -> "Endpoint":
        """Take paths and hosts from a contract."""
        # The longest first: one path may be the end of another.
        paths = sorted({operation.path for operation in contract.operations}, key=len, reverse=True)
        hosts = {
            urlsplit(str(server["url"])).hostname or "" for server in contract.document.get("servers", ())
        }
        return cls(tuple(map(path_pattern, paths)), frozenset(hosts - {""}))

    def target(self, request: Any) -> str | None:
        """Return path and query of a request to the endpoint, without the path of the program's base URL.

        Returns:
            None if the request goes elsewhere.
        """
        sent = str(request.url.raw_path.decode("ascii"))
        path, question_mark, query = sent.partition("?")
        for pattern in self.paths:
            if match := pattern.search(path):
                return match[0] + question_mark + query
        return sent if request.url.host in self.hosts else None


def path_pattern(path: str) -> re.Pattern[str]:
    """Return what finds a path of the contract at the end of a URL's path."""
    pieces = re.split(r"\{[^{}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, pieces)) + r"\Z")


@cache
def endpoint() -> Endpoint:
    """Return the endpoint of the contract that this package carries."""
    return Endpoint.of(Contract.load())


def taken(request: Any, target: str) -> Request:
    """Take what matching and recording need from a request of httpx or httpx2 that was read.

    The key does not come along: any bearer token counts as the right one.
    """
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in request.headers.raw
        if name.lower() != b"authorization"
    )
    return Request(request.method, target, headers, request.content, auth_of(request))


def auth_of(request: Any) -> AuthClass:
    """Return the auth class of a request."""
    value: str | None = request.headers.get("authorization")
    if value is None:
        return "missing"
    scheme, _, token = value.partition(" ")
    if scheme.lower() != "bearer":
        return "wrong-scheme"
    return "good" if token else "empty"


def key_of(request: Any) -> str:
    """Return the key that a request carries; empty if it carries none."""
    token: str = request.headers.get("authorization", "").partition(" ")[2]
    return token
