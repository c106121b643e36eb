"""The same request, written in other ways that the standards allow: it is accepted and means the same."""

import json
from collections.abc import Callable, Iterator

from attrs import evolve

from eigen_contract.exchange import Finding, Request
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

CHECK = "requests_are_taken_however_spelt"
DRAWING = {"model": "eigen-image", "prompt": "gr\u00fcne T\u00fcrme", "seed": 5, "width": 512, "height": 512}


def requests_are_taken_however_spelt(context: ScenarioContext) -> Iterator[Finding]:
    """Charset, case, white space, escapes, quotes and headers of parts do not change what a request means.

    The spellings of a group are tried at once, and one by one only where that is not taken.
    """
    for media_type, groups in ((JSON, JSON_SPELLINGS), (FORM, FORM_SPELLINGS)):
        usual = context.compose(media_type, DRAWING)
        wanted = context.media(context.ask_once(media_type, **DRAWING))
        for spellings in groups:
            combined = usual
            for spell in spellings.values():
                combined = spell(combined)
            together = [*misread(context, combined, wanted, f"{media_type} with {', '.join(spellings)}")]
            if together and len(spellings) > 1:
                single = [
                    finding
                    for name, spell in spellings.items()
                    for finding in misread(context, spell(usual), wanted, f"{media_type} with {name}")
                ]
                together = single or together
            yield from together


def misread(
    context: ScenarioContext, request: Request, wanted: tuple[bytes, ...], what: str
) -> Iterator[Finding]:
    """Yield a finding if a request is refused, or is not answered as the usual one was."""
    exchange = context.send(request)
    yield from refused(context, exchange, CHECK, {200}, what)
    if exchange.response.status == 200 and context.media(exchange) != wanted:
        message = f"{what} means the same request, so the same picture was expected; got another one"
        yield context.finding(CHECK, message, context.endpoint.pointer, exchange)


def with_charset(usual: Request) -> Request:
    return typed(usual, 'application/json;charset="UTF-8"')


def in_capitals(usual: Request) -> Request:
    name, separator, parameters = (usual.header("content-type") or "").partition(";")
    return typed(usual, f"{name.title()}{separator}{parameters}")


def with_white_space(usual: Request) -> Request:
    spaced = json.dumps(json.loads(usual.body), indent="\t", ensure_ascii=False).replace("\n", "\r\n")
    return evolve(usual, body=f"\n {spaced} \r\n".encode())


def without_white_space(usual: Request) -> Request:
    return evolve(usual, body=json.dumps(json.loads(usual.body), separators=(",", ":")).encode())


def with_escapes(usual: Request) -> Request:
    """Write a letter of a name, and all letters beyond ASCII, as escapes."""
    text = usual.body.decode().replace('"model"', '"mod\\u0065l"')
    return evolve(usual, body="".join(escaped(letter) for letter in text).encode())


def escaped(letter: str) -> str:
    return letter if letter.isascii() else json.dumps(letter)[1:-1]


def with_quoted_boundary(usual: Request) -> Request:
    head, _, boundary = (usual.header("content-type") or "").partition("boundary=")
    return typed(usual, f'{head}boundary="{boundary}"')


def with_typed_parts(usual: Request) -> Request:
    typed_part = b'"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    return evolve(usual, body=usual.body.replace(b'"\r\n\r\n', typed_part))


def with_small_headers(usual: Request) -> Request:
    return evolve(usual, body=usual.body.replace(b"Content-Disposition", b"content-disposition"))


def typed(usual: Request, content_type: str) -> Request:
    return evolve(usual, headers=(("content-type", content_type),))


Spelling = Callable[[Request], Request]
JSON_SPELLINGS: tuple[dict[str, Spelling], ...] = (
    {"a charset in quotes": with_charset, "white space": with_white_space, "escapes": with_escapes},
    {"its type in capitals": in_capitals, "no white space": without_white_space},
)
"""Ways to write JSON (RFC 9110, section 8.3.1; RFC 8259, sections 2 and 7), in groups that go together."""
FORM_SPELLINGS: tuple[dict[str, Spelling], ...] = (
    {
        "a boundary in quotes": with_quoted_boundary,
        "a type for each part": with_typed_parts,
        "headers in small letters": with_small_headers,
    },
    {"its type in capitals": in_capitals},
)
"""Ways to write a form (RFC 2046, section 5.1.1; RFC 7578, sections 4.2 and 4.4)."""
