"""What an answer means: what stays the same when a service gives the same answer in other bytes."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from attrs import asdict, frozen

from eigen_contract.checks import CheckContext
from eigen_contract.checks.events import kind_of, read_events
from eigen_contract.decoding import BrokenMediaError, Sound, decode, sniff
from eigen_contract.recording.following import fields_of
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Document, escape

COMPARED_HEADERS = ("retry-after", "allow", "www-authenticate", "x-credits-remaining")
"""Headers whose presence says something about the service."""


@frozen
class Aspect:
    """One thing that an answer says, with the place where it says it; both empty if it says it as a whole."""

    kind: str
    place: str = ""


Meaning = dict[Aspect, Any]
"""What an answer says of each aspect."""


def meaning_of(context: CheckContext) -> Meaning:
    """Return what an answer means."""
    response = context.response
    meaning: Meaning = {Aspect("status"): response.status, Aspect("media type"): response.media_type}
    for name in COMPARED_HEADERS:
        if response.header(name) is not None:
            meaning[Aspect("header", name)] = "present"
    if context.document is not None:
        meaning |= {Aspect("type", place or "/"): kind for place, kind in types(context.document)}
        if context.content is not None:
            schema = context.content[0].get("schema", {})
            meaning |= {
                Aspect("value", place): value
                for place, value in chosen_values(context.contract, schema, context.document)
            }
    if response.media_type == "text/event-stream":
        meaning |= stream_meaning(response.body)
    if response.media_type == "text/plain":
        meaning[Aspect("text")] = "some" if response.body.strip() else "none"
    is_seeded = "seed" in fields_of(context.request)
    for place, data in context.media:
        stated = sniff(data) if place != "the body" else response.media_type
        meaning |= media_meaning(data, stated, place)
        if is_seeded:
            meaning[Aspect("content for the same seed", place)] = hashlib.sha256(data).hexdigest()[:12]
    return meaning


def types(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the JSON type of everything in a value; items of an array count as one."""
    yield place, type_of(value)
    for name, inner in members(value).items():
        yield from types(inner, f"{place}/{escape(name)}")
    for inner in items(value):
        yield from types(inner, f"{place}/[]")


def type_of(value: Any) -> str:
    """Name the type of a JSON value. An empty string is a type of its own: it says nothing."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string" if value else "empty string"
    return "array" if isinstance(value, list) else "object"


def chosen_values(
    contract: Contract, schema: Document, value: Any, place: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield the values for which the contract lists the choices; any other value may differ each time."""
    node, _ = contract.follow(schema)
    if ("enum" in node or "const" in node or isinstance(value, bool)) and not isinstance(value, dict | list):
        yield place, value
    for key in ("oneOf", "anyOf", "allOf"):
        for choice in node.get(key, ()):
            yield from chosen_values(contract, choice, value, place)
    present = members(value)
    for name, declared in node.get("properties", {}).items():
        if name in present:
            yield from chosen_values(contract, members(declared), present[name], f"{place}/{escape(name)}")


def stream_meaning(body: bytes) -> Meaning:
    """Return which kinds of events a stream has, in the order of their first one, and the shape of each."""
    stream, meaning = read_events(body), Meaning()
    kinds: list[str] = []
    sound = 0.0
    for event in stream.events:
        payload: Any = None
        with suppress(ValueError, RecursionError):
            payload = json.loads(event.data)
        kind = kind_of(payload) or "?"
        if kind == "audio_chunk":
            sound += len(str(members(payload).get("data", "")))
        if kind not in kinds:
            kinds.append(kind)
            meaning |= {Aspect(f"type in {kind}", place or "/"): shape for place, shape in types(payload)}
    meaning[Aspect("events")] = kinds
    meaning[Aspect("amount of sound")] = sound
    if stream.faults:
        meaning[Aspect("stream")] = "broken"
    return meaning


def media_meaning(data: bytes, media_type: str | None, place: str) -> Meaning:
    """Return the properties of a picture, a sound or a video."""
    meaning: Meaning = {Aspect("format", place): media_type or "unknown"}
    try:
        content = decode(data, media_type) if media_type is not None else None
    except BrokenMediaError:
        return {**meaning, Aspect("content", place): "broken"}
    if isinstance(content, Sound):
        seconds = content.samples / content.rate if content.rate else None
        properties = {"sample rate": content.rate, "channels": content.channels, "seconds": seconds}
    else:
        properties = {} if content is None else asdict(content)
    return meaning | {Aspect(name, place): value for name, value in properties.items()}
