"""Which fields change an answer and which do not: seeds, prompts, texts, source pictures."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.compose import Upload
from eigen_contract.decoding import is_plain
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import png
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

USUAL_SEEDS = (*range(-1, 17), 42, 100, 123, 1234, 2**31 - 1, 2**31, 2**32, 2**53)

SCRIPTS = ("\u732b", "\u72ac")
"""A cat and a dog, in letters beyond ASCII: a server that lost them would see the same in both."""
SOURCES = ("image_file", "image", "images")
"""Members that carry the picture to edit."""


@frozen
class Job:
    """A job to repeat: how to ask, and which member carries what is wanted."""

    name: str
    media_type: str
    members: Mapping[str, Any]
    wish: str


def drawing(media_type: str) -> Job:
    members = {"model": "eigen-image", "prompt": "a red bridge", "seed": 7, "width": 512, "height": 512}
    return Job(f"a picture, sent as {media_type}", media_type, members, "prompt")


def edit() -> Job:
    source = Upload("source.png", "image/png", png())
    return Job(
        "an edit",
        FORM,
        {"model": "qwen-image-edit-2511", "prompt": "make it red", "image_file": source},
        "prompt",
    )


def speech(media_type: str) -> Job:
    members = {"model": "chatterbox", "text": "good morning", "seed": 7}
    return Job(f"speech, sent as {media_type}", media_type, members, "text")


def asked(context: ScenarioContext, job: Job, **changed: Any) -> tuple[Exchange, tuple[bytes, ...]]:
    exchange = context.ask(job.media_type, **{**job.members, **changed})
    return exchange, context.media(exchange)


def asked_once(context: ScenarioContext, job: Job, **changed: Any) -> tuple[Exchange, tuple[bytes, ...]]:
    exchange = context.ask_once(job.media_type, **{**job.members, **changed})
    return exchange, context.media(exchange)


OTHER_WISHES: tuple[tuple[Job, str, Any], ...] = (
    (drawing(JSON), "negative_prompt", "a red bridge"),
    (edit(), "negative_prompt", "anything blue"),
    (speech(JSON), "instructions", "Speak fast and loud."),
    (speech(JSON), "exaggeration", 2),
)
"""What is wished for beside the prompt or the text, and a value that is far from what is usual."""


def same_seed_same_bytes(context: ScenarioContext) -> Iterator[Finding]:
    """The same request with the same seed gives the same bytes."""
    # The seed 0 is a seed like others, and does not mean that there is none.
    for job, seed in ((drawing(JSON), 0), (drawing(FORM), 0), (speech(JSON), 7), (speech(FORM), 7)):
        yield from repeated(context, job, seed)


def repeated(context: ScenarioContext, job: Job, seed: int) -> Iterator[Finding]:
    """Yield a finding unless a seed gives the same bytes twice."""
    _, first = asked_once(context, job, seed=seed)
    exchange, second = asked(context, job, seed=seed)
    if first != second or not first:
        got = "different bytes" if first else "no media at all"
        message = f"{job.name}: the same request with seed {seed} should give the same bytes; got {got}"
        yield context.finding("same_seed_same_bytes", message, context.endpoint.pointer, exchange)


def other_seed_other_bytes(context: ScenarioContext) -> Iterator[Finding]:
    """Another seed gives another picture, sent as JSON or as a form."""
    for job in (drawing(JSON), drawing(FORM)):
        _, first = asked_once(context, job)
        exchange, second = asked_once(context, job, seed=0)
        if first == second:
            message = f"{job.name}: the seeds 7 and 0 should give different bytes; got the same"
            yield context.finding("other_seed_other_bytes", message, context.endpoint.pointer, exchange)


def usual_seeds_work(context: ScenarioContext) -> Iterator[Finding]:
    """Every usual seed gives a picture: -1, small ones, and the bounds of 31, 32 and 53 bits."""
    for seed in USUAL_SEEDS:
        exchange, media = asked_once(context, drawing(JSON), seed=seed)
        if not media:
            status = exchange.response.status
            message = f"the seed {seed} should give a picture; got status {status} without one"
            yield context.finding("usual_seeds_work", message, context.endpoint.pointer, exchange)


def the_prompt_matters(context: ScenarioContext) -> Iterator[Finding]:
    """Another prompt gives another picture, and another text gives other speech."""
    for job in (drawing(JSON), drawing(FORM), edit(), speech(JSON), speech(FORM)):
        _, first = asked_once(context, job)
        exchange, second = asked(context, job, **{job.wish: "something else entirely"})
        if first == second:
            message = f"{job.name}: another {job.wish} should give another result; got the same bytes"
            yield context.finding("the_prompt_matters", message, context.endpoint.pointer, exchange)


def prompts_may_be_of_any_script(context: ScenarioContext) -> Iterator[Finding]:
    """Prompts in letters beyond ASCII are read: two of them give two pictures."""
    for job in (drawing(JSON), drawing(FORM)):
        _, first = asked(context, job, prompt=SCRIPTS[0])
        exchange, second = asked(context, job, prompt=SCRIPTS[1])
        if first == second:
            prompts = f"the prompts {SCRIPTS[0]} and {SCRIPTS[1]}"
            message = f"{job.name}: {prompts} should give different pictures; got the same bytes"
            yield context.finding("prompts_may_be_of_any_script", message, context.endpoint.pointer, exchange)


def other_wishes_matter(context: ScenarioContext) -> Iterator[Finding]:
    """What a result should not show, and how a text is to be spoken, change the result."""
    for job, name, value in OTHER_WISHES:
        _, first = asked_once(context, job)
        exchange, second = asked(context, job, **{name: value})
        if first == second:
            message = f"{job.name}: {name} {value!r} should change the result; got the same bytes"
            yield context.finding("other_wishes_matter", message, context.endpoint.pointer, exchange)


def the_source_matters(context: ScenarioContext) -> Iterator[Finding]:
    """An edit depends on its source picture, in each field that takes one, and is not the source."""
    for name in SOURCES:
        sources = [Upload("source.png", "image/png", png(*size)) for size in ((96, 64), (64, 96))]
        members = {"model": "qwen-image-edit-2511", "prompt": "make it red"}
        first, second = (
            context.ask_once(FORM, **members, **{name: [source] if name == "images" else source})
            for source in sources
        )
        if context.media(first) == context.media(second):
            message = f"edits of two different pictures in the field {name} should differ; got the same bytes"
        elif sources[1].data in context.media(second):
            message = f"the edit of the picture in the field {name} should change it; got the source itself"
        else:
            continue
        yield context.finding("the_source_matters", message, context.endpoint.pointer, second)


def pictures_show_something(context: ScenarioContext) -> Iterator[Finding]:
    """A picture is not a plain area of one colour."""
    for job in (drawing(JSON), edit()):
        exchange, media = asked_once(context, job)
        if any(is_plain(data) for data in media):
            message = f"{job.name}: the picture should show something; it has one colour only"
            yield context.finding("pictures_show_something", message, context.endpoint.pointer, exchange)
