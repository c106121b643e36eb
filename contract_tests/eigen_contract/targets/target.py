"""The seam between judging and sending."""

from types import TracebackType
from typing import Literal, Self

import httpx
from attrs import Factory, field, frozen

from eigen_contract.errors import NoAnswerError
from eigen_contract.exchange import WRONG_KEY, AuthClass, Headers, Request, Response
from eigen_contract.targets.asgi import AsgiTransport
from eigen_contract.targets.budget import RequestBudget

Capability = Literal["requests", "refusals", "replay"]
"""requests: answers any valid request. refusals: may be sent what it must refuse. replay: answers only what
is on its tape. How many requests a target may be sent is for its budget to say."""
UNREACHABLE = "see that it is up, and that the URL is right"
UNREADABLE = "see what it sends, with curl for example"
DISTRUSTED = "name the file of the authority that vouches for it in SSL_CERT_FILE"


@frozen
class Target:
    """A server, however it is reached."""

    name: str
    base_url: str
    transport: httpx.BaseTransport = field(repr=False)
    api_key: str = field(repr=False)
    capabilities: frozenset[Capability] = frozenset()
    timeout: float = 60.0
    """Seconds to wait for an answer."""
    budget: RequestBudget | None = None
    """How many requests it may be sent; as many as there are if None."""
    concurrency: int = 1
    """The most requests at a time."""
    _client: httpx.Client = field(
        init=False,
        repr=False,
        default=Factory(
            lambda self: httpx.Client(transport=self.transport, timeout=self.timeout), takes_self=True
        ),
    )

    @property
    def requests_left(self) -> int | None:
        """How many requests may still be sent; None if nothing limits them."""
        return None if self.budget is None else self.budget.left

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, request: Request) -> Response:
        """Send a request and read its response to the end.

        Raises:
            NoAnswerError: there is no answer, or it breaks off.
        """
        headers = (*request.headers, *authorization(request.auth, self.api_key))
        if isinstance(self.transport, AsgiTransport):
            return self.transport.answer(request.method, request.target, headers, request.body)
        sent = self._client.build_request(
            request.method, self.base_url.rstrip("/") + request.target, headers=headers, content=request.body
        )
        try:
            response = self._client.send(sent)
        except httpx.HTTPError as error:
            what = str(error) or type(error).__name__
            cure = cure_of(what)
            raise NoAnswerError(
                f"{self.base_url} gives no whole answer to {request.method} {request.path}: {what}; {cure}"
            ) from error
        return received(response)


def cure_of(what: str) -> str:
    """Say what to do about an answer that did not come, or not whole."""
    if "CERTIFICATE_VERIFY_FAILED" in what:
        return DISTRUSTED
    return UNREADABLE if what.startswith("its answer") else UNREACHABLE


def authorization(auth: AuthClass, key: str) -> Headers:
    """Return the header that an auth class stands for."""
    values = {
        "good": f"Bearer {key}",
        "empty": "Bearer",
        "wrong": f"Bearer {WRONG_KEY}",
        "wrong-scheme": f"Token {key}",
        "trailing-space": f"Bearer {key} ",
        "cut-short": f"Bearer {key[:-1]}",
        "too-long": f"Bearer {key}x",
        "other-case": f"Bearer {key.swapcase()}",
    }
    return (("authorization", values[auth]),) if auth in values else ()


def auth_class(value: str | None, key: str) -> AuthClass:
    """Return the auth class of an Authorization header, so that the header itself can be forgotten."""
    if value is None:
        return "missing"
    scheme, _, token = value.partition(" ")
    if scheme.lower() != "bearer":
        return "wrong-scheme"
    if token == key:
        return "good"
    near: dict[str, AuthClass] = {
        token: "trailing-space" if token.strip() == key else "wrong",
        "": "empty",
        key.swapcase(): "other-case",
        key[:-1]: "cut-short",
        f"{key}x": "too-long",
    }
    return near[token]


def received(response: httpx.Response) -> Response:
    """Take what judging needs from an httpx response that was read."""
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw
    )
    times = response.extensions
    return Response(
        response.status_code, headers, response.content, times.get("first_byte"), times.get("last_byte")
    )


def captured(request: httpx.Request, key: str) -> Request:
    """Take what judging needs from an httpx request that was read."""
    auth = auth_class(request.headers.get("authorization"), key)
    kept = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in request.headers.raw
        if name.lower() != b"authorization"
    )
    return Request(request.method, request.url.raw_path.decode("ascii"), kept, request.content, auth)
