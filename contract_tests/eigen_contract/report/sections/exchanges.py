"""A request and its answer as a reader needs them: parts of forms, long texts folded, media shown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from eigen_contract.exchange import AUTH_DESCRIPTIONS, Exchange, Request, Response
from eigen_contract.report.bodies import BodyFiles, quoted
from eigen_contract.report.commands import curl
from eigen_contract.report.document import steady
from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.playable import MediaBudget, media_of_request, media_of_response
from eigen_contract.tape.forms import parts_of

LONG_RUN = re.compile(rb"[A-Za-z0-9+/=_-]{120,}")
"""A text that is base64, or as unreadable: a reader needs its beginning alone."""
KEPT = 40
"""Characters of such a text that are shown."""
SHORT_LINES, SHORT_LETTERS = 14, 900
"""Size of a body that is not folded."""
PART = 300
"""Bytes of a text in a form that are shown."""


@define
class ExchangeView:
    """Shows exchanges, with the files and the media that they share with the rest of the page."""

    files: BodyFiles
    media: MediaBudget = field(factory=MediaBudget)

    def show(self, exchange: Exchange) -> Iterable[Markup]:
        """Show a request, its response, and the command that repeats them."""
        request_file, response_file = self.files.names(exchange)
        request, response = exchange.request, exchange.response
        yield element("h3", "Request")
        asked = f"{request.method} {request.target}"
        sent = [*steady(request.headers), ("authorization", AUTH_DESCRIPTIONS[request.auth])]
        yield head(asked, sent)
        yield from body(request, request_text(request), request_file)
        yield from (self.media.figure(medium) for medium in media_of_request(request))
        yield element("h3", "Response")
        yield head(f"{response.status}{taken(response)}", steady(response.headers))
        yield from body(response, shortened(response.body), response_file)
        if exchange.is_cut:
            yield element(
                "p", "Only the beginning of this answer was kept: the run found too many.", class_="note"
            )
        yield from (self.media.figure(medium) for medium in media_of_response(response))
        yield from command(exchange, request_file)


def head(first: str, headers: Sequence[Sequence[str]]) -> Markup:
    """Show the first line and the headers of a message."""
    lines = "\n".join([first, *(f"{name}: {value}" for name, value in headers)])
    return element("pre", lines, tabindex="0", class_="head")


def taken(response: Response) -> str:
    """Say how long an answer took, if that is known."""
    return "" if response.last_byte is None else f" after {response.last_byte:.3f} s"


def body(message: Request | Response, text: str, file: str) -> Iterator[Markup]:
    """Show a body: a long one is folded, and one that has a file leads to it."""
    if not message.body:
        return
    size = f"{len(message.body):,} bytes of {message.media_type or 'no stated type'}"
    shown = element("pre", text, tabindex="0")
    if is_binary(message):
        pass  # it is shown or played, and its file has all of it; as text it says nothing
    elif text.count("\n") < SHORT_LINES and len(text) < SHORT_LETTERS:
        yield shown
    else:
        yield element("details", element("summary", f"Body: {size}"), shown, class_="body")
    if file:
        yield element("p", element("a", f"The whole body ({size})", href=file))


def is_binary(message: Request | Response) -> bool:
    """Return whether a body is a picture, a sound or a video, as it states and as its bytes are."""
    if message.media_type.partition("/")[0] not in ("image", "audio", "video"):
        return False
    try:
        message.body.decode()
    except UnicodeDecodeError:
        return True
    return False


def request_text(request: Request) -> str:
    """Return the body of a request in words: a form by its parts, anything else as it is."""
    parts = parts_of(request)
    if parts is None:
        return shortened(request.body)
    lines: list[str] = []
    for part in parts:
        if part.is_file:
            stated = part.media_type or "no stated type"
            lines.append(f"{part.name}: the file {part.filename!r}, {stated}, {len(part.data):,} bytes")
        else:
            text = quoted(part.data[:PART])
            lines.append(f"{part.name}: {text}{'…' if len(part.data) > PART else ''}")
    return "\n".join(lines)


def shortened(data: bytes) -> str:
    """Quote a body, with long runs of base64 cut down to their beginning."""

    def brief(match: re.Match[bytes]) -> bytes:
        run = match[0]
        return run[:KEPT] + f"… ({len(run):,} characters)".encode()

    return quoted(LONG_RUN.sub(brief, data))


def command(exchange: Exchange, body_file: str) -> Iterator[Markup]:
    """Show the command that sends a request again."""
    yield element("h3", "Send it again")
    base, key = element("code", "BASE_URL"), element("code", "EIGENAI_API_KEY")
    yield element("p", joined("In the folder of this page, with ", base, " and ", key, " set:"))
    yield element("pre", element("code", curl(exchange, body_file)), tabindex="0", class_="command")
