"""What changes an answer, and what does not: seeds, prompts, texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.compose import Upload
from eigen_contract.decoding.pictures import is_plain
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
    return Job(f"a picture by {media_type}", media_type, members, "prompt")


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
    return Job(f"speech by {media_type}", media_type, members, "text")


def asked(context: ScenarioContext, job: Job, **changed: Any) -> tuple[Exchange, tuple[bytes, ...]]:
    exchange = context.ask(job.media_type, **{**job.members, **changed})
    return exchange, context.media(exchange)


def same_seed_same_bytes(context: ScenarioContext) -> Iterator[Finding]:
    """The same request with the same seed gives the same bytes."""
    jobs = (drawing(JSON), drawing(FORM), speech(JSON), speech(FORM))
    # The seed 0 is a seed, and no seed left out.
    for job, seed in [*((job, 7) for job in jobs), (drawing(JSON), 0), (drawing(FORM), 0)]:
        _, first = asked(context, job, seed=seed)
        exchange, second = asked(context, job, seed=seed)
        if first != second or not first:
            message = f"{job.name}: the same seed {seed} gave other bytes"
            yield context.finding("same_seed_same_bytes", message, context.endpoint.pointer, exchange)


def other_seed_other_bytes(context: ScenarioContext) -> Iterator[Finding]:
    """Another seed gives another picture, however it is sent."""
    for job in (drawing(JSON), drawing(FORM)):
        _, first = asked(context, job)
        exchange, second = asked(context, job, seed=8)
        if first == second:
            message = f"{job.name}: another seed gave the same bytes"
            yield context.finding("other_seed_other_bytes", message, context.endpoint.pointer, exchange)


def usual_seeds_work(context: ScenarioContext) -> Iterator[Finding]:
    """No seed that people use is special."""
    for seed in USUAL_SEEDS:
        exchange, media = asked(context, drawing(JSON), seed=seed)
        if not media:
            message = f"the seed {seed} gave no picture but {exchange.response.status}"
            yield context.finding("usual_seeds_work", message, context.endpoint.pointer, exchange)


def the_prompt_matters(context: ScenarioContext) -> Iterator[Finding]:
    """Another prompt gives another picture, another text other speech."""
    for job in (drawing(JSON), drawing(FORM), edit(), speech(JSON), speech(FORM)):
        _, first = asked(context, job)
        exchange, second = asked(context, job, **{job.wish: "something else entirely"})
        if first == second:
            message = f"{job.name}: another {job.wish} gave the same bytes"
            yield context.finding("the_prompt_matters", message, context.endpoint.pointer, exchange)
    for job in (drawing(JSON), drawing(FORM)):
        _, first = asked(context, job, prompt=SCRIPTS[0])
        exchange, second = asked(context, job, prompt=SCRIPTS[1])
        if first == second:
            message = f"{job.name}: the prompts {SCRIPTS[0]} and {SCRIPTS[1]} gave the same bytes"
            yield context.finding("the_prompt_matters", message, context.endpoint.pointer, exchange)


def the_source_matters(context: ScenarioContext) -> Iterator[Finding]:
    """An edit of another picture is another, under each name of the source, and not the source itself."""
    for name in SOURCES:
        sources = [Upload("source.png", "image/png", png(*size)) for size in ((96, 64), (64, 96))]
        members = {"model": "qwen-image-edit-2511", "prompt": "make it red"}
        first, second = (context.ask(FORM, **members, **{name: source}) for source in sources)
        if context.media(first) == context.media(second):
            message = f"edits of two pictures, sent as {name}, gave the same bytes"
        elif sources[1].data in context.media(second):
            message = f"the edit of a picture, sent as {name}, is that picture"
        else:
            continue
        yield context.finding("the_source_matters", message, context.endpoint.pointer, second)


def pictures_show_something(context: ScenarioContext) -> Iterator[Finding]:
    """A picture of a thing is no plane of one colour."""
    for job in (drawing(JSON), edit()):
        exchange, media = asked(context, job)
        if any(is_plain(data) for data in media):
            message = f"{job.name} is of one colour"
            yield context.finding("pictures_show_something", message, context.endpoint.pointer, exchange)
