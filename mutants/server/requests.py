"""Faults in how the server takes requests: keys, limits, and members that it ignores or misreads."""

import base64
import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from attrs import evolve

from eigen_contract.spec import Contract
from mutants.mutant import Mutant
from mutants.server.rewriting import KEY, Answer, Call, Planting, refusal

JSON, FORM = "application/json", "multipart/form-data"
GENERATE = "/api/v1/generate"
KINDS_OF_KEY: dict[str, Callable[[bytes], bool]] = {
    "no key": lambda value: not value,
    "a wrong key": lambda value: value.startswith(b"Bearer ") and value.strip() != KEY,
    "another scheme": lambda value: bool(value) and not value.startswith(b"Bearer "),
}


def auth_faults(contract: Contract) -> Iterator[Mutant]:
    """Accept a wrong key, or refuse the right one, operation by operation."""
    for operation in contract.operations:
        for kind, is_kind in KINDS_OF_KEY.items():
            yield Mutant(
                "server",
                "auth",
                "open-door",
                f"{operation.pointer}/security ({kind})",
                Planting(opened(operation.path, is_kind)),
            )
        yield Mutant(
            "server", "auth", "shut-door", f"{operation.pointer}/security", Planting(shut(operation.path))
        )


def opened(path: str, is_kind: Callable[[bytes], bool]) -> Any:
    def request(call: Call) -> Call:
        if call.path == path and is_kind(call.header(b"authorization")):
            return call.with_header(b"authorization", KEY)
        return call

    return request


def shut(path: str) -> Any:
    def request(call: Call) -> Call | Answer:
        return refusal(401).with_header("www-authenticate", "Bearer") if call.path == path else call

    return request


def part_of(name: str) -> re.Pattern[bytes]:
    """Match a part of a form: its head up to the value, and the value."""
    return re.compile(
        rb'(Content-Disposition: form-data; name="'
        + name.encode()
        + rb'"[^\r]*\r\n(?:[^\r\n]+\r\n)*\r\n)(.*?)(?=\r\n--)',
        re.DOTALL,
    )


def value_of(call: Call, name: str) -> Any:
    """Return the text of a member, None if it is not there."""
    if call.media_type == JSON:
        document = document_of(call)
        return document.get(name)
    found = part_of(name).search(call.body)
    return None if found is None else found[2].decode("utf-8", "replace")


def document_of(call: Call) -> dict[str, Any]:
    """Return the body as an object; an empty one if it is not an object."""
    try:
        document: Any = json.loads(call.body)
    except ValueError:
        return {}
    return cast("dict[str, Any]", document) if isinstance(document, dict) else {}


def with_value(call: Call, name: str, value: Any) -> Call:
    """Replace a member that is there."""
    if value_of(call, name) is None:
        return call
    if call.media_type == JSON:
        return evolve(call, body=json.dumps({**document_of(call), name: value}).encode())
    text = value if isinstance(value, bytes) else str(value).encode()
    return evolve(call, body=part_of(name).sub(lambda found: found[1] + text, call.body))


def without(call: Call, name: str) -> Call:
    """Hide a member: under another name no one looks for it."""
    if call.media_type == JSON:
        document = document_of(call)
        kept = {f"{key}__" if key == name else key: value for key, value in document.items()}
        return evolve(call, body=json.dumps(kept).encode()) if name in document else call
    return evolve(call, body=call.body.replace(b'name="%s"' % name.encode(), b'name="%s__"' % name.encode()))


def under(media_type: str, change: Callable[[Call], Call | Answer]) -> Any:
    """Change only requests of one media type to the endpoint itself."""

    def request(call: Call) -> Call | Answer:
        return change(call) if (call.path, call.media_type) == (GENERATE, media_type) else call

    return request


IGNORED: tuple[tuple[str, str, str], ...] = (
    ("seed", "seed", JSON),
    ("seed", "seed", FORM),
    ("size", "size", JSON),
    ("size", "size", FORM),
    ("size", "width", JSON),
    ("size", "height", JSON),
    ("size", "width", FORM),
    ("size", "height", FORM),
    ("size", "frame_num", FORM),
    ("field", "output_format", FORM),
    ("field", "binary_response", FORM),
    ("field", "response_format", JSON),
    ("field", "response_format", FORM),
    ("field", "stream", JSON),
    ("field", "stream", FORM),
)
"""Members whose effect the contract promises, by family."""
WISHES = (("prompt", JSON), ("prompt", FORM), ("text", JSON), ("text", FORM), ("image_file", FORM))
"""Members that the answer must depend on; the same value stands for all."""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def ignoring_faults(contract: Contract) -> Iterator[Mutant]:
    """Ignore members, or read them as something else."""
    del contract
    for family, name, media_type in IGNORED:
        pointer = f"{media_type}/{name}"
        yield Mutant("server", family, "ignored-member", pointer, Planting(under(media_type, hiding(name))))
        if family == "size" and name != "size":
            yield Mutant(
                "server", family, "one-too-many", pointer, Planting(under(media_type, shifting(name)))
            )
    for name, media_type in WISHES:
        same: Any = PIXEL if name == "image_file" else "always the same"
        planting = Planting(under(media_type, fixing(name, same)))
        yield Mutant("server", "field", "ignored-wish", f"{media_type}/{name}", planting)
    for media_type in (JSON, FORM):
        turned = under(media_type, turned_round)
        yield Mutant("server", "size", "turned-round", f"{media_type}/size", Planting(turned))


def hiding(name: str) -> Callable[[Call], Call]:
    return lambda call: without(call, name)


def fixing(name: str, value: Any) -> Callable[[Call], Call]:
    return lambda call: with_value(call, name, value)


def shifting(name: str) -> Callable[[Call], Call]:
    return lambda call: shifted(call, name)


def shifted(call: Call, name: str) -> Call:
    value = value_of(call, name)
    try:
        return with_value(call, name, int(value) + 1 if int(value) < 2000 else int(value) - 1)
    except (TypeError, ValueError):
        return call


def turned_round(call: Call) -> Call:
    found = re.fullmatch(r"(\d+)x(\d+)", str(value_of(call, "size")))
    return with_value(call, "size", f"{found[2]}x{found[1]}") if found else call


SEEDS = (-1, 0, 1, 2, 7, 10, 13, 16, 42, 100, 123, 1234, 2**31 - 1, 2**31, 2**32, 2**53)
"""Seeds that people use."""


def seed_faults(contract: Contract) -> Iterator[Mutant]:
    """Fail on one seed, or give other bytes for the same."""
    del contract
    for seed in SEEDS:
        yield Mutant(
            "server", "seed", "magic-seed", f"{JSON}/seed is {seed}", Planting(under(JSON, failing_at(seed)))
        )
    for media_type, wish in ((JSON, "prompt"), (FORM, "prompt"), (JSON, "text")):
        yield Mutant(
            "server",
            "seed",
            "unstable",
            f"{media_type}/seed beside {wish}",
            Planting(unstable(media_type, wish)),
        )


def failing_at(seed: int) -> Any:
    def request(call: Call) -> Call | Answer:
        return refusal(500) if value_of(call, "seed") == seed else call

    return request


def unstable(media_type: str, wish: str) -> Any:
    """Let a counter stand for the seed."""
    counter = itertools.count()
    return under(
        media_type,
        lambda call: with_value(call, "seed", next(counter)) if value_of(call, wish) is not None else call,
    )


def limit_faults(contract: Contract) -> Iterator[Mutant]:
    """Take bodies of any length, or refuse such as people send; refuse in another way than with 413."""
    del contract
    for limit in (2**10, 2**12, 2**14, 2**16, 2**18, 2**20):
        yield Mutant(
            "server", "limit", "low-limit", f"{FORM} of {limit} bytes", Planting(limited(FORM, limit))
        )
    for limit in (64, 2**10, 2**12):
        yield Mutant(
            "server", "limit", "low-limit", f"{JSON} of {limit} bytes", Planting(limited(JSON, limit))
        )
    for status in (200, 400, 422, 500, 503, 502):
        yield Mutant("server", "limit", "other-refusal", f"413 as {status}", Planting(answer=instead(status)))


def limited(media_type: str, limit: int) -> Any:
    return under(media_type, lambda call: refusal(413) if len(call.body) > limit else call)


def instead(status: int) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        if given.status != 413:
            return given
        if status == 200 and b"image" in call.body[:2000]:
            picture = {"image_base64": base64.b64encode(PIXEL).decode()}
            return given.with_document(picture, 200)
        return evolve(given, status=status)

    return answer
