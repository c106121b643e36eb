"""Who may ask, how, and how much."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from eigen_contract.compose import Upload, query
from eigen_contract.examples import examples
from eigen_contract.exchange import AUTH_DESCRIPTIONS, AuthClass, Exchange, Finding, Request
from eigen_contract.media import png
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

BAD: tuple[AuthClass, ...] = ("missing", "wrong", "wrong-scheme")
NEAR: tuple[AuthClass, ...] = ("cut-short", "empty", "too-long", "other-case")
"""Near misses: a comparison of beginnings, or without regard to case, takes them."""
OTHER_TYPES = ("application/x-www-form-urlencoded", "text/plain")
RARE_TYPES = ("application/xml", "application/octet-stream")
BROKEN = {
    "cut short": b'{"model": "m", "prompt": "a',
    "empty": b"",
    "a list": b"[]",
    "NaN": b'{"model": "m", "prompt": "p", "seed": NaN}',
    "not UTF-8": b'{"model": "m", "prompt": "\xff\xfe"}',
}
USUAL = {"side": 640, "words": 2000}
"""A picture of 1.2 MB and a prompt of some 12 kB: both are usual sizes."""
LARGE = 32 * 2**20
"""Bytes of a picture that is larger than any reasonable limit; the limit itself is not documented."""


def refused(
    context: ScenarioContext, exchange: Exchange, check: str, wanted: set[int], what: str
) -> Iterator[Finding]:
    """Yield a finding unless the answer has one of the wanted statuses."""
    if exchange.response.status not in wanted:
        expected = " or ".join(str(status) for status in sorted(wanted))
        message = f"{what}: expected {expected}; got {exchange.response.status}"
        yield context.finding(check, message, context.endpoint.pointer, exchange)


def bad_keys_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A missing or wrong key is refused with 401 on every operation, whatever else is wrong."""
    for request in first_requests(context):
        for auth in BAD:
            yield from keys_refused(context, evolve(request, auth=auth))
        if request.path == context.endpoint.path:
            for name, other in (
                ("no body", evolve(request, body=b"")),
                ("no Content-Type", evolve(request, headers=())),
            ):
                exchange = context.send(evolve(other, auth="wrong"))
                what = f"{request.method} {request.path} with a wrong key and a bad body ({name})"
                yield from refused(context, exchange, "bad_keys_are_refused", {401}, what)


def near_misses_of_keys_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A key that is nearly right is refused: empty, cut short, too long, in the other case."""
    first, *_ = first_requests(context)
    for auth in NEAR:
        yield from keys_refused(context, evolve(first, auth=auth))


def near_misses_are_refused_everywhere(context: ScenarioContext) -> Iterator[Finding]:
    """A key that is cut short is refused by the other operations too."""
    _, *others = first_requests(context)
    for request in others:
        yield from keys_refused(context, evolve(request, auth=NEAR[0]))


def keys_refused(context: ScenarioContext, request: Request) -> Iterator[Finding]:
    """Yield a finding unless a request is refused for its key."""
    what = f"{request.method} {request.path} with {AUTH_DESCRIPTIONS[request.auth]}"
    yield from refused(context, context.send(request), "bad_keys_are_refused", {401}, what)


def first_requests(context: ScenarioContext) -> Iterator[Request]:
    """Yield one good request for each operation."""
    shown = {example.operation.id: example.request for example in examples(context.oracle.contract)}
    for operation in context.oracle.contract.operations:
        known = {parameter["name"]: str(parameter.get("example", "x")) for parameter in operation.parameters}
        yield shown.get(operation.id) or query(operation, known)


def other_methods_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A path refuses GET or POST with 405 where the contract does not have it."""
    yield from methods_refused(context, ("GET", "POST"))


def rare_methods_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A path refuses PUT, DELETE and PATCH with 405."""
    yield from methods_refused(context, ("PUT", "DELETE", "PATCH"))


def methods_refused(context: ScenarioContext, methods: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each method that the contract does not have and a path takes."""
    for operation in context.oracle.contract.operations:
        taken = context.oracle.contract.methods_of(operation.path)
        for method in methods:
            if method not in taken:
                exchange = context.send(Request(method, operation.path))
                what = f"{method} {operation.path}"
                yield from refused(context, exchange, "other_methods_are_refused", {405}, what)


def other_media_types_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A text, or a form as a URL has it, is refused with 415."""
    yield from types_refused(context, OTHER_TYPES)


def rare_media_types_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """XML, or bytes of any kind, are refused with 415."""
    yield from types_refused(context, RARE_TYPES)


def types_refused(context: ScenarioContext, media_types: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each media type that is not refused."""
    body = b"model=eigen-image&prompt=A+cat"
    for media_type in media_types:
        request = Request("POST", context.endpoint.path, (("content-type", media_type),), body)
        what = f"a body with Content-Type {media_type}"
        yield from refused(context, context.send(request), "other_media_types_are_refused", {415}, what)


def broken_bodies_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A body that is malformed JSON or a malformed form is refused with 400 or 415."""
    requests = {
        name: Request("POST", context.endpoint.path, (("content-type", JSON),), data)
        for name, data in BROKEN.items()
    }
    form = context.compose(
        FORM, {"model": "m", "prompt": "p", "image_file": Upload("a.png", "image/png", png())}
    )
    requests["a form cut short"] = evolve(form, body=form.body[: len(form.body) // 2])
    requests["a form without a boundary"] = evolve(form, headers=(("content-type", FORM),))
    for name, request in requests.items():
        yield from refused(
            context,
            context.send(request),
            "broken_bodies_are_refused",
            {400, 415},
            f"a malformed body ({name})",
        )


def large_bodies_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A huge body is refused with 413 and does not make the server fail."""
    large = Upload("large.png", "image/png", png() + bytes(LARGE))
    exchange = context.ask(FORM, model="eigen-image", prompt="p", image_file=large)
    yield from refused(context, exchange, "large_bodies_are_refused", {413}, f"a body of {LARGE} bytes")


def usual_bodies_are_taken(context: ScenarioContext) -> Iterator[Finding]:
    """A photograph and a long prompt are accepted: they are below every reasonable size limit."""
    photograph = Upload("photograph.png", "image/png", png(USUAL["side"], USUAL["side"]))
    editing = {"model": "qwen-image-edit-2511", "prompt": "a red hat", "image_file": photograph}
    drawing = {"model": "eigen-image", "prompt": "tower " * USUAL["words"], "width": 512, "height": 512}
    for media_type, members in ((FORM, editing), (JSON, drawing)):
        exchange = context.ask(media_type, **members)
        what = f"a valid {media_type} body of {len(exchange.request.body)} bytes"
        yield from refused(context, exchange, "usual_bodies_are_taken", {200}, what)
