"""Faults in media, base64 and event streams."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from eigen_contract.spec import Contract
from mutants.mutant import Mutant
from mutants.server.rewriting import Answer, Call, Planting

Bytes = Callable[[bytes], bytes]
Text = Callable[[str], str]

MEDIA: dict[str, tuple[str, ...]] = {
    "image/png": ("cut", "empty", "trailing", "flipped", "headless", "mislabelled"),
    "image/jpeg": ("cut", "empty", "trailing", "headless", "mislabelled"),
    "audio/wav": ("cut", "empty", "trailing", "headless", "mislabelled"),
    "audio/mpeg": ("cut", "empty", "headless", "mislabelled"),
    "audio/flac": ("cut", "empty", "flipped", "headless", "mislabelled"),
    "audio/aac": ("cut", "empty", "headless", "mislabelled"),
    "audio/ogg": ("cut", "empty", "flipped", "headless", "mislabelled"),
    "audio/pcm": ("cut", "odd", "empty", "mislabelled"),
    "video/mp4": ("cut", "empty", "trailing", "headless", "mislabelled"),
    "text/plain": ("json", "not-utf-8", "mislabelled"),
}
"""What can be done to each media type so that it shows: a flipped bit does not where there is no checksum."""
CHANGES: dict[str, Bytes] = {
    "cut": lambda data: data[: len(data) // 2 & ~1],
    "odd": lambda data: data[:-1],
    "empty": lambda data: data[:0],
    "trailing": lambda data: data + b"\x00\x01\x02",
    "flipped": lambda data: flipped(data, len(data) // 2),
    "headless": lambda data: bytes(12) + data[12:],
    "json": lambda data: json.dumps({"text": data.decode()}).encode(),
    "not-utf-8": lambda data: data + b"\xff\xfe",
}
LABELS = {"image": "image/webp", "audio": "audio/basic", "video": "video/webm", "text": "text/html"}
NEIGHBOURS = {
    "image/png": "image/jpeg",
    "image/jpeg": "image/png",
    "audio/wav": "audio/flac",
    "audio/flac": "audio/wav",
}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else data


def media_faults(contract: Contract) -> Iterator[Mutant]:
    """Break media that are answered raw, and pictures in base64."""
    del contract
    for media_type, changes in MEDIA.items():
        for change in changes:
            yield Mutant(
                "server", "media", f"{change}-media", media_type, Planting(answer=raw(media_type, change))
            )
    for member in BASE64:
        for change in ("cut", "empty", "trailing", "flipped", "headless"):
            yield Mutant(
                "server",
                "media",
                f"{change}-picture",
                f"/{member}",
                Planting(answer=in_member(member, recoded(CHANGES[change]))),
            )


def raw(media_type: str, change: str) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        del call
        if given.status != 200 or given.media_type != media_type:
            return given
        if change == "mislabelled":
            label = NEIGHBOURS.get(media_type) or LABELS[media_type.partition("/")[0]]
            return given.with_header("content-type", label)
        return evolve(given, body=CHANGES[change](given.body))

    return answer


BASE64 = ("turbo_image_base64", "edited_image_base64", "image_base64")
SPELLINGS: dict[str, Text] = {
    "a-character-of-no-alphabet": lambda text: f"!{text[1:]}",
    "unpadded": lambda text: text.rstrip("=")[:-1] if not text.endswith("=") else text.rstrip("="),
    "wrapped": lambda text: "\n".join(re.findall(".{1,76}", text)),
    "a-trailing-line-break": lambda text: f"{text}\n",
    "the-url-alphabet": lambda text: text.replace("+", "-").replace("/", "_"),
    "a-data-url": lambda text: f"data:image/png;base64,{text}",
    "twice": lambda text: base64.b64encode(text.encode()).decode(),
    "hexadecimal": lambda text: base64.b64decode(text).hex(),
    "empty": lambda _: "",
}


def recoded(change: Bytes) -> Text:
    return lambda text: base64.b64encode(change(base64.b64decode(text))).decode()


def base64_faults(contract: Contract) -> Iterator[Mutant]:
    """Spell base64 in another way, at every member that carries it."""
    del contract
    for spelling, change in SPELLINGS.items():
        for member in BASE64:
            yield Mutant(
                "server",
                "base64",
                "other-base64",
                f"/{member} ({spelling})",
                Planting(answer=in_member(member, change)),
            )
        chunk = in_events(respelling(change), "audio_chunk")
        yield Mutant(
            "server", "base64", "other-base64", f"audio_chunk/data ({spelling})", Planting(answer=chunk)
        )


def in_member(member: str, change: Text) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        del call
        if given.status != 200 or given.media_type != "application/json" or member not in given.document:
            return given
        return given.with_document({**given.document, member: change(given.document[member])})

    return answer


Event = dict[str, Any]


def streamed(change: Callable[[list[bytes]], list[bytes]]) -> Any:
    """Change the events of a stream, each the bytes before its blank line."""

    def answer(call: Call, given: Answer) -> Answer:
        del call
        if given.media_type != "text/event-stream":
            return given
        events = [event for event in given.body.split(b"\n\n") if event]
        return evolve(given, body=b"".join(change(events)))

    return answer


def ended(event: bytes) -> bytes:
    return event + b"\n\n"


def loaded(event: bytes) -> Event:
    read: Event = json.loads(event.removeprefix(b"data:"))
    return read


def dumped(event: Event) -> bytes:
    return ended(b"data: " + json.dumps(event).encode())


def in_events(change: Callable[[Event], Event], kind: str) -> Any:
    """Change the payload of every event of one kind."""
    return streamed(
        lambda events: [
            dumped(change(loaded(event))) if loaded(event)["type"] == kind else ended(event)
            for event in events
        ]
    )


def setting(member: str, value: Any) -> Callable[[Event], Event]:
    return lambda event: {**event, member: value}


def zeroing(member: str) -> Callable[[Event], Event]:
    return lambda event: {**event, "data": {**event["data"], member: 0}}


def respelling(change: Text) -> Callable[[Event], Event]:
    return lambda event: {**event, "data": change(event["data"])}


def without(kind: str, last_only: bool = False) -> Any:
    def change(events: list[bytes]) -> list[bytes]:
        places = [place for place, event in enumerate(events) if loaded(event)["type"] == kind]
        lost = set(places[-1:] if last_only else places)
        return [ended(event) for place, event in enumerate(events) if place not in lost]

    return streamed(change)


SPELT: dict[str, Bytes] = {
    "without-data": lambda event: ended(event.removeprefix(b"data: ")),
    "broken-json": lambda event: ended(event[:-1]),
    "without-a-blank-line": lambda event: event + b"\n",
    "as-a-comment": lambda event: ended(b": " + event),
    "of-another-type": lambda event: ended(re.sub(rb'"type":"\w+"', b'"type":"unheard_of"', event)),
    "of-no-type": lambda event: ended(event.replace(b'"type"', b'"kind"')),
}
KINDS = ("audio_chunk", "complete")
"""Events that a listener cannot do without."""


def spelt(kind: str, change: Bytes) -> Any:
    return streamed(
        lambda events: [change(event) if loaded(event)["type"] == kind else ended(event) for event in events]
    )


def event_faults(contract: Contract) -> Iterator[Mutant]:
    """Lose, misspell, repeat and reorder events, and spoil what they carry."""
    schemas = {"start": "SpeechStart", "metadata": "SpeechMetadata", "audio_chunk": "SpeechChunk"}
    for kind in KINDS:
        yield planted("lost-event", kind, without(kind))
        for name, change in SPELT.items():
            yield planted("misspelt-event", f"{kind} ({name})", spelt(kind, change))
    for kind, name in schemas.items():
        for member, declared in contract.at(f"#/components/schemas/{name}")["properties"].items():
            if member != "type":
                wrong: Any = [] if declared.get("type") == "string" else "not this"
                change = in_events(setting(member, wrong), kind)
                yield planted(
                    "retyped-event-member", f"#/components/schemas/{name}/properties/{member}", change
                )
    for member in ("channels", "sample_rate"):
        change = in_events(zeroing(member), "metadata")
        yield planted("retyped-event-member", f"metadata/data/{member}", change)
    yield from order_faults()


def order_faults() -> Iterator[Mutant]:
    yield planted("lost-event", "the last audio_chunk", without("audio_chunk", last_only=True))
    yield planted(
        "other-size",
        "audio_chunk/size",
        in_events(lambda event: {**event, "size": event["size"] + 1}, "audio_chunk"),
    )
    yield planted(
        "other-order",
        "the end first",
        streamed(lambda events: [ended(e) for e in (events[-1], *events[:-1])]),
    )
    yield planted(
        "other-order",
        "the end before the last chunk",
        streamed(lambda events: [ended(e) for e in (*events[:-2], events[-1], events[-2])]),
    )
    yield planted(
        "other-order",
        "the format last but one",
        streamed(lambda events: [ended(e) for e in (events[0], *events[2:-1], events[1], events[-1])]),
    )
    yield planted(
        "cut-stream",
        "its last event",
        streamed(lambda events: [*map(ended, events[:-1]), events[-1][: len(events[-1]) // 2]]),
    )
    yield planted(
        "cut-stream",
        "its last blank line",
        streamed(lambda events: [*map(ended, events[:-1]), events[-1] + b"\n"]),
    )
    yield planted(
        "repeated-event",
        "audio_chunk",
        streamed(lambda events: [ended(e) * (2 if b"audio_chunk" in e else 1) for e in events]),
    )
    odd = in_events(
        lambda event: {
            **event,
            "data": base64.b64encode(base64.b64decode(event["data"])[:-1]).decode(),
            "size": event["size"] - 1,
        },
        "audio_chunk",
    )
    yield planted("half-samples", "audio_chunk/data", odd)


def planted(operator: str, pointer: str, answer: Any) -> Mutant:
    return Mutant("server", "sse", operator, pointer, Planting(answer=answer))
