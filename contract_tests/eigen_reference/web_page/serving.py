"""Serve the page: its files, and the description that its scripts make forms of."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import asdict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from ..contract import Contract
from ..faults import FAULTS
from ..problems import RequestError, json_response
from ..requested_faults import WORDS
from ..surroundings import is_loopback
from .jobs import jobs_of

FILES = Path(__file__).parent / "files"
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
DEFAULT_KEY = "test-key"
"""The key of every server that was not given another. It is in all documents, so it is no secret."""
HEADERS = {
    # Nothing but what this server sends, nothing inline, no frame. `blob:` is media that the page received.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        "media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class WebPage:
    """The page of one server. `prefix` is where its files are, beside the other paths that are no API."""

    def __init__(self, contract: Contract, api_key: str, prefix: str, *, has_control: bool) -> None:
        self._contract = contract
        self._key_is_public = api_key == DEFAULT_KEY
        self._prefix = prefix
        self._has_control = has_control
        self._described: dict[str, Any] | None = None

    def routes(self) -> list[Route]:
        """Return the paths. None asks for a key, because a browser has none when it opens a page."""
        return [
            Route("/", self._index, methods=["GET"]),
            Route(f"{self._prefix}/page/description.json", self._description, methods=["GET"]),
            Route(f"{self._prefix}/page/{{name}}", self._file, methods=["GET"]),
        ]

    async def _index(self, _: Request) -> Response:
        return file_response("index.html")

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in file_names():
            raise RequestError(404, "unknown_path", f"GET {request.url.path}: Not Found")
        return file_response(name)

    async def _description(self, request: Request) -> Response:
        if self._described is None:  # few servers are looked at, and it takes some milliseconds
            self._described = describe(self._contract, has_control=self._has_control)
        key = DEFAULT_KEY if self._key_is_public and is_local(request) else None
        return json_response({**self._described, "key": key}, headers=HEADERS)


def describe(contract: Contract, *, has_control: bool) -> dict[str, Any]:
    """Return what the scripts need to know of the contract and of the server."""
    info, sdk = contract.document.get("info", {}), contract.document.get("x-sdk", {})
    faults = {**{name: fault.summary for name, fault in FAULTS.items()}, **WORDS} if has_control else {}
    return {
        "title": str(info.get("title", "")),
        "api_version": str(info.get("version", "")),
        "server_version": __version__,
        "client": {name: sdk.get(name) for name in ("package", "client", "distribution", "environment")},
        "has_control": has_control,
        "faults": faults,
        "jobs": [asdict(job) for job in jobs_of(contract)],
    }


def is_local(request: Request) -> bool:
    """Return whether a browser of this machine asks, by a name of this machine.

    A page of elsewhere can let its own name lead here (DNS rebinding), and a proxy passes on what others ask.
    """
    try:
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:  # what stands in brackets there is not an address
        return False
    peer = request.client.host if request.client else ""
    return is_loopback(host) and is_loopback(peer)


@cache
def file_names() -> frozenset[str]:
    """Return the names of the files of the page."""
    return frozenset(path.name for path in FILES.iterdir() if path.suffix in MEDIA_TYPES)


def file_response(name: str) -> Response:
    """Return one of the files."""
    media_type = MEDIA_TYPES[Path(name).suffix]
    return Response((FILES / name).read_bytes(), headers=HEADERS, media_type=media_type)
