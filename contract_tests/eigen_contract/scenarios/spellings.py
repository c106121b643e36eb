"""The same request, written in other ways that the standards allow: it is accepted and means the same."""

import json
from collections.abc import Iterator

from attrs import evolve

from eigen_contract.compose import compose
from eigen_contract.exchange import Finding, Request
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

DRAWING = {"model": "eigen-image", "prompt": "gr\u00fcne T\u00fcrme", "seed": 5, "width": 512, "height": 512}


def requests_are_taken_however_spelt(context: ScenarioContext) -> Iterator[Finding]:
    """Charset, case, white space, escapes, quotes and headers of parts do not change what a request means."""
    for media_type, spellings in ((JSON, json_spellings), (FORM, form_spellings)):
        usual = compose(context.endpoint, media_type, DRAWING)
        wanted = context.media(context.send(usual))
        for name, request in spellings(usual):
            exchange = context.send(request)
            check, what = "requests_are_taken_however_spelt", f"{media_type} with {name}"
            yield from refused(context, exchange, check, {200}, what)
            if exchange.response.status == 200 and context.media(exchange) != wanted:
                message = f"{what} means the same request, so the same picture was expected; got another one"
                yield context.finding(check, message, context.endpoint.pointer, exchange)


def json_spellings(usual: Request) -> Iterator[tuple[str, Request]]:
    """Spell JSON otherwise (RFC 9110, section 8.3.1; RFC 8259, sections 2 and 7)."""
    yield "a charset", typed(usual, "application/json; charset=utf-8")
    yield "a charset in quotes", typed(usual, 'application/json;charset="UTF-8"')
    yield "its type in capitals", typed(usual, "Application/JSON")
    spaced = json.dumps(DRAWING, indent="\t", ensure_ascii=False).replace("\n", "\r\n")
    yield "white space", evolve(usual, body=f"\n {spaced} \r\n".encode())
    yield "no white space", evolve(usual, body=json.dumps(DRAWING, separators=(",", ":")).encode())
    yield "escapes", evolve(usual, body=json.dumps(DRAWING).replace("eigen", "\\u0065igen").encode())


def form_spellings(usual: Request) -> Iterator[tuple[str, Request]]:
    """Spell a form otherwise (RFC 2046, section 5.1.1; RFC 7578, sections 4.2 and 4.4)."""
    content_type = usual.header("content-type") or ""
    head, _, boundary = content_type.partition("boundary=")
    yield "a boundary in quotes", typed(usual, f'{head}boundary="{boundary}"')
    yield "its type in capitals", typed(usual, f"Multipart/Form-Data; boundary={boundary}")
    plain = usual.body.replace(b'"\r\n\r\n', b'"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n')
    yield "a type for each part", evolve(usual, body=plain)
    lower = usual.body.replace(b"Content-Disposition", b"content-disposition")
    yield "headers in small letters", evolve(usual, body=lower)


def typed(usual: Request, content_type: str) -> Request:
    return evolve(usual, headers=(("content-type", content_type),))
