"""Server-sent events: well-formed, at least one chunk of sound, an end, and nothing after it."""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding
from eigen_contract.shapes import members

ENDS = ("complete", "audio_complete", "done")


@frozen
class Event:
    """One event: its data, and the number of the line that it starts at."""

    data: str
    line: int


@frozen
class Stream:
    """A stream that was read: its events, and what is malformed about it."""

    events: tuple[Event, ...]
    faults: tuple[str, ...]


def read_events(data: bytes) -> Stream:
    """Read a whole event stream (WHATWG HTML, section 9.2.6); an event that no blank line ends is a fault."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Stream((), (f"the stream is not UTF-8: {error}",))
    events: list[Event] = []
    faults: list[str] = []
    pending: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # What follows the last line break is no blank line: the stream ends there, and a pending event is lost.
    for number, line in enumerate(lines if lines[-1] else lines[:-1], 1):
        name, _, value = line.partition(":")
        if not line and pending:
            events.append(Event("\n".join(pending), number - len(pending)))
            pending = []
        elif name == "data":
            pending.append(value.removeprefix(" "))
        elif line and name not in ("", "event", "id", "retry"):
            faults.append(f"line {number} is not a field of an event (data, event, id, retry): {line[:40]!r}")
    if pending:
        faults.append("the last event is incomplete: no blank line ends it")
    return Stream(tuple(events), tuple(faults))


def stream_is_well_formed(context: CheckContext) -> Iterator[Finding]:
    """A stream of speech has events that match their schema, at least one audio chunk, and an end event."""
    stream = read_events(context.response.body)
    for fault in (*stream.faults, *faults_of(context, stream.events)):
        yield context.finding("stream_is_well_formed", fault)


def faults_of(context: CheckContext, events: tuple[Event, ...]) -> Iterator[str]:
    """List what is wrong with the events of one stream."""
    kinds: list[str] = []
    for event in events:
        try:
            payload = json.loads(event.data)
        except ValueError as error:
            yield f"the data of the event at line {event.line} is not JSON: {error}"
            continue
        kinds.append(kind_of(payload))
        if kinds[-1] == "error":
            yield f"the event at line {event.line} reports an error in a 200 answer: {event.data[:80]}"
        yield from payload_faults(context, payload, event.line)
    if "audio_chunk" not in kinds:
        yield "the stream has no event of the type audio_chunk, so no sound"
    if not any(kind in ENDS for kind in kinds):
        yield f"the stream ends without an event of the type {', '.join(ENDS[:-1])} or {ENDS[-1]}"
    elif kinds[-1] not in ENDS:
        yield f"the end event must be the last; an event of the type {kinds[-1]!r} follows it"
    if "metadata" in kinds and "audio_chunk" in kinds[: kinds.index("metadata")]:
        yield "the metadata event must come before the first audio_chunk; it comes after it"


def kind_of(payload: Any) -> str:
    """Return the type of an event; payloads may sit one level down."""
    outer = members(payload)
    return str(outer.get("type") or members(outer.get("data")).get("type") or "")


def payload_faults(context: CheckContext, payload: Any, line: int) -> Iterator[str]:
    """Judge one event by the stream's schema; a type that the schema does not know is passed over."""
    node, pointer = context.content or ({}, "")
    # OpenAPI models an event as an object of its fields (3.2, "Server-Sent Events"); `data` is a text there.
    schema = members(members(node.get("schema", {}).get("properties")).get("data")).get("contentSchema")
    if schema is None or kind_of(payload) not in known_kinds(context, schema):
        return
    place = f"{pointer}/schema/properties/data/contentSchema"
    if not context.oracle.validators.is_valid(schema, place, payload):
        first = next(context.oracle.validators.violations(schema, place, payload))
        yield f"the event at line {line}: {first}"
    if kind_of(payload) == "audio_chunk":
        yield from chunk_faults(payload, line)


def known_kinds(context: CheckContext, schema: Mapping[str, Any]) -> set[str]:
    """Return the types that the schema of the events knows."""
    known: set[str] = set()
    for choice in context.contract.follow(schema)[0].get("oneOf", ()):
        declared = context.contract.follow(choice)[0].get("properties", {}).get("type", {})
        known |= set(declared.get("enum", [])) | {declared.get("const", "")}
    return known - {""}


def chunk_faults(payload: Mapping[str, Any], line: int) -> Iterator[str]:
    """A chunk is strict base64 of whole 16-bit samples, as many bytes as it says."""
    try:
        samples = base64.b64decode(str(payload.get("data", "")).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        yield f"the data of the chunk at line {line} is not strict base64: {error}"
        return
    if not samples or len(samples) % 2:
        yield f"the chunk at line {line} has {len(samples)} bytes; 16-bit samples need an even number above 0"
    if payload.get("size", len(samples)) != len(samples):
        yield f"the chunk at line {line} states size {payload['size']} and has {len(samples)} bytes"
