"""Side effects: a request that is refused changes nothing and costs nothing."""

from collections.abc import Iterator

from attrs import evolve

from eigen_contract.compose import compose
from eigen_contract.exchange import Exchange, Finding, Request
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

CREDITS = "x-credits-remaining"
DRAWING = {"model": "eigen-image", "prompt": "a quiet lake", "seed": 11, "width": 512, "height": 512}
SPEECH = {"model": "chatterbox", "text": "nothing happened", "seed": 11}


def refused_requests_have_no_effect(context: ScenarioContext) -> Iterator[Finding]:
    """Refused requests change no later answer and cost no credits."""
    before = [context.ask(JSON, **members) for members in (DRAWING, SPEECH)]
    again = [context.ask(JSON, **members) for members in (DRAWING, SPEECH)]
    for request in refusals(context):
        context.send(request)
    after = [context.ask(JSON, **members) for members in (DRAWING, SPEECH)]
    for first, last in zip(before, after, strict=True):
        if context.media(first) != context.media(last):
            yield finding(
                context,
                "after refused requests the same request and seed should give the same bytes; got others",
                last,
            )
    usual, now = credits_spent(before[1], again[1]), credits_spent(again[1], after[1])
    if usual is not None and now is not None and now > usual:
        costs = f"{now:g} credits were taken, where the one successful request costs {usual:g}"
        yield finding(context, f"refused requests should cost nothing; {costs}", after[1])


def refusals(context: ScenarioContext) -> Iterator[Request]:
    """Yield requests that are refused for one reason each, and would be costly otherwise."""
    good = compose(context.endpoint, JSON, DRAWING)
    yield evolve(good, auth="wrong")
    yield evolve(good, body=good.body[:-1])
    yield evolve(good, headers=(("content-type", "text/plain"),))
    for media_type in (JSON, FORM):
        yield compose(context.endpoint, media_type, {**DRAWING, "width": 1})
        yield compose(context.endpoint, media_type, {"model": DRAWING["model"]})


def credits_spent(first: Exchange, second: Exchange) -> float | None:
    """Return by how much the credits that remain went down; None where the answers do not say."""
    values = [exchange.response.header(CREDITS) for exchange in (first, second)]
    try:
        before, after = (float(value or "") for value in values)
    except ValueError:
        return None
    return before - after


def finding(context: ScenarioContext, message: str, exchange: Exchange) -> Finding:
    return context.finding("refused_requests_have_no_effect", message, context.endpoint.pointer, exchange)
