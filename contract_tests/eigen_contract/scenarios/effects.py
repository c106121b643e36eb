"""Side effects: a request that is refused changes nothing and costs nothing."""

from collections.abc import Iterator

from attrs import evolve

from eigen_contract.exchange import Exchange, Finding, Request
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.scenarios.repeats import drawing, speech

CREDITS = "x-credits-remaining"
DRAWING, SPEECH = drawing(JSON).members, speech(JSON).members
"""Requests whose answers are known before any is refused."""


def refused_requests_have_no_effect(context: ScenarioContext) -> Iterator[Finding]:
    """Refused requests change no later answer and cost no credits."""
    drawn = context.ask(JSON, **DRAWING)
    before, again = (context.ask(JSON, **SPEECH) for _ in range(2))
    for request in refusals(context):
        context.send(request)
    after = [context.ask(JSON, **members) for members in (DRAWING, SPEECH)]
    for first, last in zip((drawn, again), after, strict=True):
        if context.media(first) != context.media(last):
            yield finding(
                context,
                "after refused requests the same request and seed should give the same bytes; got others",
                last,
            )
    usual, now = credits_spent(before, again), credits_spent(again, after[1])
    if usual is not None and now is not None and now > usual:
        costs = f"{now:g} credits were taken, where the one successful request costs {usual:g}"
        yield finding(context, f"refused requests should cost nothing; {costs}", after[1])


def refusals(context: ScenarioContext) -> Iterator[Request]:
    """Yield requests that are refused for one reason each, and would be costly otherwise."""
    good = context.compose(JSON, DRAWING)
    yield evolve(good, auth="wrong")
    yield evolve(good, body=good.body[:-1])
    yield evolve(good, headers=(("content-type", "text/plain"),))
    for media_type in (JSON, FORM):
        yield context.compose(media_type, {**DRAWING, "width": 1})
        yield context.compose(media_type, {"model": DRAWING["model"]})


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
