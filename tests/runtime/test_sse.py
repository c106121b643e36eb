"""Server-sent events are parsed by the WHATWG standard, in chunks of any size."""

import pytest

from generator.runtime.streaming.sse import EventParser, ServerSentEvent


def parse(*chunks: bytes) -> list[ServerSentEvent]:
    parser = EventParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"data: a\n\n", [("a", "message")]),
        (b"data:a\n\ndata:  b\n\n", [("a", "message"), (" b", "message")]),
        (b"data: a\rdata: b\r\ndata\n\n", [("a\nb\n", "message")]),
        (b"event: x\ndata: a\n\ndata: b\n\n", [("a", "x"), ("b", "message")]),
        (b": comment\nother: 1\ndata: a: b\n\n", [("a: b", "message")]),
        (b"\xef\xbb\xbfdata: a\n\n", [("a", "message")]),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [("a", "message")]),
        (b"event: x\n\ndata: a\n\n", [("a", "message")]),
        (b"data: \xe2\x82\xac \xff\n\n", [("€ \ufffd", "message")]),
        (b"data: a\n", []),
        (b"data: a", []),
        (b"\n\r\n\r", []),
        (b"data\n\n", [("", "message")]),
        (b"data: a\n\r\n", [("a", "message")]),
        (b" data: a\n\n", []),
    ],
)
def test_parses_events_in_chunks_of_any_size(text: bytes, expected: list[tuple[str, str]]) -> None:
    events = parse(text)
    assert [(event.data, event.type) for event in events] == expected
    assert parse(*(bytes([byte]) for byte in text)) == events
    for cut in range(len(text)):
        assert parse(text[:cut], b"", text[cut:]) == events


def test_id_and_retry_outlive_their_event() -> None:
    events = parse(b"id: 1\nretry: 500\ndata: a\n\nretry: x\nid: 2\0\ndata: b\n\nid\ndata: c\n\n")
    assert [(event.id, event.retry) for event in events] == [("1", 500), ("1", 500), ("", 500)]


def test_a_long_line_in_small_chunks_takes_linear_time() -> None:
    parser = EventParser()
    pieces = [b"data: "] + [b"x" * 100] * 20_000 + [b"\n\n"]
    assert [len(event.data) for piece in pieces for event in parser.feed(piece)] == [2_000_000]


def test_many_lines_in_one_chunk_take_linear_time() -> None:
    # In quadratic time this takes minutes.
    assert parse(b"\n" * 1_000_000 + b"data: a\n\n") == [ServerSentEvent("a")]
