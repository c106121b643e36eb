"""What changes an answer, and what does not: seeds, prompts, texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.compose import Upload
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import png
from eigen_contract.trials.bench import FORM, JSON, Bench

USUAL_SEEDS = (*range(-1, 17), 42, 100, 123, 1234, 2**31 - 1, 2**31, 2**32, 2**53)


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


def asked(bench: Bench, job: Job, **changed: Any) -> tuple[Exchange, tuple[bytes, ...]]:
    exchange = bench.ask(job.media_type, **{**job.members, **changed})
    return exchange, bench.media(exchange)


def same_seed_same_bytes(bench: Bench) -> Iterator[Finding]:
    """The same request with the same seed gives the same bytes."""
    for job in (drawing(JSON), drawing(FORM), speech(JSON), speech(FORM)):
        _, first = asked(bench, job)
        exchange, second = asked(bench, job)
        if first != second or not first:
            message = f"{job.name}: the same seed gave other bytes"
            yield bench.finding("same_seed_same_bytes", message, bench.endpoint.pointer, exchange)


def other_seed_other_bytes(bench: Bench) -> Iterator[Finding]:
    """Another seed gives another picture, however it is sent."""
    for job in (drawing(JSON), drawing(FORM)):
        _, first = asked(bench, job)
        exchange, second = asked(bench, job, seed=8)
        if first == second:
            message = f"{job.name}: another seed gave the same bytes"
            yield bench.finding("other_seed_other_bytes", message, bench.endpoint.pointer, exchange)


def usual_seeds_work(bench: Bench) -> Iterator[Finding]:
    """No seed that people use is special."""
    for seed in USUAL_SEEDS:
        exchange, media = asked(bench, drawing(JSON), seed=seed)
        if not media:
            message = f"the seed {seed} gave no picture but {exchange.response.status}"
            yield bench.finding("usual_seeds_work", message, bench.endpoint.pointer, exchange)


def the_prompt_matters(bench: Bench) -> Iterator[Finding]:
    """Another prompt gives another picture, another text other speech."""
    for job in (drawing(JSON), drawing(FORM), edit(), speech(JSON), speech(FORM)):
        _, first = asked(bench, job)
        exchange, second = asked(bench, job, **{job.wish: "something else entirely"})
        if first == second:
            message = f"{job.name}: another {job.wish} gave the same bytes"
            yield bench.finding("the_prompt_matters", message, bench.endpoint.pointer, exchange)


def the_source_matters(bench: Bench) -> Iterator[Finding]:
    """An edit of another picture is another picture."""
    _, first = asked(bench, edit())
    exchange, second = asked(bench, edit(), image_file=Upload("other.png", "image/png", png(64, 96)))
    if first == second:
        message = "edits of two pictures gave the same bytes"
        yield bench.finding("the_source_matters", message, bench.endpoint.pointer, exchange)
