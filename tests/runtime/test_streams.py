"""Streams of audio that are made of server-sent events, or come as they are."""

import asyncio
import io
import pickle
import wave
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.runtime import errors
from generator.runtime.http.retries import Failure
from generator.runtime.meta import Meta
from generator.runtime.response.saving import Writer
from generator.runtime.response.unexpected import UnexpectedResponseError
from generator.runtime.streaming.event_streams import AsyncEventStream
from generator.runtime.streaming.stream_decoding import Chunk
from generator.runtime.streaming.wav import AudioFormat, make_wav
from tests.runtime.streaming import KEY, Source, audio, collect, event, reading, stream


@pytest.fixture(params=["sync", "async"])
def listen(request: pytest.FixtureRequest) -> "type[Listener]":
    return Listener if request.param == "sync" else AsyncListener


class Listener:
    @staticmethod
    def all(source: Source, media_type: str = "text/event-stream") -> Sequence[bytes]:
        with stream(source, media_type) as chunks:
            return list(chunks)


class AsyncListener(Listener):
    @staticmethod
    def all(source: Source, media_type: str = "text/event-stream") -> Sequence[bytes]:
        return asyncio.run(collect(source, media_type))


def test_ends_with_the_end_event_or_the_connection(listen: type[Listener]) -> None:
    for end in (b"", event(type="done"), event(type="complete") + audio(b"late"), b"data: [DONE]\n\n"):
        source = Source(audio(b"ab") + audio(b"cd"), end)
        assert listen.all(source) == [b"ab", b"cd"]
        assert source.closed


def test_skips_unknown_events(listen: type[Listener]) -> None:
    unknown_events = (
        event(type="new", x=1)
        + event(x=2)
        + b"data: text\n\ndata: 7\n\nevent: y\ndata: []\n\n"
        + event(type=7)
    )
    assert listen.all(Source(unknown_events, audio(b"ab"))) == [b"ab"]


def test_keeps_the_last_100_unknown_events() -> None:
    chunks = stream(Source(*(event(type="new", n=n) for n in range(150)), audio(b"ab")))
    assert b"".join(chunks) == b"ab"
    assert [item["n"] for item in chunks.events] == list(range(50, 150))


def test_reads_the_type_from_the_event_field(listen: type[Listener]) -> None:
    assert listen.all(Source(b'event: audio_chunk\ndata: {"data": "YWI="}\n\n')) == [b"ab"]


def test_a_broken_stream_raises_with_the_bytes_received(listen: type[Listener]) -> None:
    broken = Failure("broken off", "the connection broke")
    for pieces in (
        (audio(b"abc"), broken),
        (audio(b"abc") + b"data: {",),
        (audio(b"abc") + event(type="audio_chunk", data="!"),),
        (audio(b"abc") + event(type="audio_chunk"),),
    ):
        with pytest.raises(errors.StreamInterruptedError, match="after 3 bytes") as caught:
            listen.all(Source(*pieces))
        assert caught.value.bytes_received == 3


def test_ignores_a_broken_connection_after_the_end_event(listen: type[Listener]) -> None:
    source = Source(audio(b"ab") + event(type="done"), Failure("broken off", "broke"))
    assert listen.all(source) == [b"ab"]


def test_a_stream_without_content_raises(listen: type[Listener]) -> None:
    for pieces in ((), (event(type="done"),), (event(type="start"),), (event(type="audio_chunk", data=""),)):
        with pytest.raises(UnexpectedResponseError, match="without any content"):
            listen.all(Source(*pieces))


def test_the_error_for_a_stream_without_content_keeps_its_body(
    listen: type[Listener], tmp_path: Path
) -> None:
    for body in (b'{"error": "boom"}', event(type="novel") + b": ping\n\n", b""):
        with pytest.raises(UnexpectedResponseError) as caught:
            listen.all(Source(body[:9], body[9:]))
        assert caught.value.body == body
        assert caught.value.save(tmp_path / "body").read_bytes() == body


def test_a_body_without_a_delimiter_needs_an_end_event(listen: type[Listener]) -> None:
    with pytest.raises(errors.StreamInterruptedError, match=r"after 2 bytes: .* without its end event"):
        listen.all(Source(audio(b"ab"), is_delimited=False))
    for end in (event(type="done"), b"data: [DONE]\n\n", b'data: {"type": "done"}'):
        assert listen.all(Source(audio(b"ab") + end, is_delimited=False)) == [b"ab"]


def test_accepts_an_end_event_without_its_blank_line(listen: type[Listener]) -> None:
    for end in (b'data: {"type": "complete"}\n', b"event: done\ndata: {}", b"data: [DONE]"):
        assert listen.all(Source(audio(b"ab"), end)) == [b"ab"]
    with pytest.raises(errors.StreamInterruptedError, match="middle of an event"):
        listen.all(Source(audio(b"ab"), audio(b"cd").rstrip()))


def test_raises_a_failure_after_the_chunks_before_it_and_again() -> None:
    source = Source(audio(b"ab") + event(type="error", message="out of credit"))
    chunks = stream(source)
    assert next(chunks) == b"ab"
    for _ in range(2):
        with pytest.raises(errors.StreamFailedError, match="out of credit") as caught:
            next(chunks)
        assert caught.value.bytes_received == 2
    assert source.closed
    with pytest.raises(errors.StreamFailedError):
        chunks.as_wav()


def test_a_full_disk_closes_the_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes_left, write = [1], Writer.write

    def fill(writer: Writer, *pieces: bytes) -> None:
        if not writes_left:
            raise errors.SaveError("cannot write")
        write(writer, *pieces[: writes_left.pop()])

    source = Source(audio(bytes(64)), audio(b"cd"), audio(b"ef"))
    monkeypatch.setattr(Writer, "write", fill)
    chunks = stream(source)
    with pytest.raises(errors.SaveError):
        chunks.save(tmp_path / "a.wav")
    assert source.closed


@pytest.mark.parametrize("data", ["-_8", "+/8", "+/8=\n", "+\r\n/8="])
def test_decodes_every_unambiguous_form_of_base64(data: str, listen: type[Listener]) -> None:
    assert listen.all(Source(event(type="audio_chunk", data=data))) == [b"\xfb\xff"]


def test_a_broken_stream_is_not_saved(tmp_path: Path) -> None:
    chunks = stream(Source(audio(b"ab"), Failure("broken off", "broke")))
    for _ in range(2):
        with pytest.raises(errors.StreamInterruptedError):
            chunks.save(tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_saves_all_chunks_as_a_wav(tmp_path: Path) -> None:
    meta = event(type="metadata", data={"sample_rate": 16000, "channels": 2, "format": "pcm"})
    chunks = stream(Source(meta, audio(b"abcd"), audio(b"efgh")))
    path = chunks.save(tmp_path / "speech")
    assert chunks.format == AudioFormat(16000, 2)
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 2, 2)
        assert file.readframes(9) == b"abcdefgh"
    assert path.name == "speech.wav"


@pytest.mark.parametrize("value", [0, -1, 10**9, True, "24000", None, 1.5])
def test_ignores_an_audio_format_out_of_range(value: object) -> None:
    chunks = stream(
        Source(event(type="metadata", data={"sample_rate": value, "channels": value}), audio(b"ab"))
    )
    assert list(chunks) == [b"ab"]
    assert chunks.format.sample_rate == 24000
    assert chunks.format.channels == 1


def test_passes_raw_audio_through(listen: type[Listener], tmp_path: Path) -> None:
    content = make_wav(b"abcd", AudioFormat())
    assert b"".join(listen.all(Source(content[:9], content[9:]), "audio/wav")) == content
    assert stream(Source(content[:9], content[9:]), "audio/wav").as_wav() == content
    assert stream(Source(b"aac"), "audio/aac").save(tmp_path / "a").name == "a.aac"
    assert stream(Source(b"abcd"), "audio/pcm").as_wav() == content


MP3 = b"ID3\x04" + bytes(200)


@pytest.mark.parametrize("media_type", ["text/event-stream", "audio/mpeg", "audio/wav"])
def test_saves_other_formats_unchanged_and_refuses_them_as_wav(media_type: str, tmp_path: Path) -> None:
    pieces = [MP3[:100], MP3[100:]]
    if media_type == "text/event-stream":
        pieces = [audio(piece) for piece in pieces]
    chunks = stream(Source(*pieces), media_type)
    with pytest.raises(UnexpectedResponseError, match="is audio/mpeg, not WAV") as caught:
        chunks.as_wav()
    assert caught.value.body == MP3
    path = chunks.save(tmp_path / "a")
    assert (path.name, path.read_bytes()) == ("a.mp3", MP3)


def test_a_wav_in_events_is_returned_unchanged(tmp_path: Path) -> None:
    content = make_wav(b"abcd", AudioFormat())
    pieces = [audio(content[:20]), audio(content[20:])]
    assert stream(Source(*pieces)).as_wav() == content
    assert stream(Source(*pieces)).save(tmp_path / "a").read_bytes() == content


def test_refuses_several_wav_files_and_keeps_them_in_the_error(tmp_path: Path) -> None:
    content = make_wav(b"abcd", AudioFormat())
    pieces = [audio(content[:50]), audio(content[50:]), audio(content)]

    async def save() -> None:
        meta = Meta(200, {}, "r", 1, 0.0, "text/event-stream")
        await AsyncEventStream(Source(*pieces), reading(), meta, "POST /", KEY).save(tmp_path / "a.wav")

    for use in (
        lambda: stream(Source(*pieces)).as_wav(),
        lambda: stream(Source(*pieces)).save(tmp_path / "a.wav"),
        lambda: asyncio.run(save()),
    ):
        with pytest.raises(UnexpectedResponseError, match="is 2 WAV files") as caught:
            use()
        assert caught.value.body == content * 2
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [1, 3, 99])
def test_swaps_the_bytes_of_l16_samples_only(size: int, tmp_path: Path) -> None:
    swapped, content_type = b"badcfehg", "audio/L16; rate=16000; channels=2"
    pieces = [swapped[start : start + size] for start in range(0, 8, size)]
    for media_type, sent in (("audio/l16", pieces), ("audio/pcm", [b"abcdefgh"])):
        for use in ("as_wav", "save"):
            chunks = stream(Source(*sent), media_type, content_type)
            content = chunks.as_wav() if use == "as_wav" else chunks.save(tmp_path / "a").read_bytes()
            assert content == make_wav(b"abcdefgh", AudioFormat(16000, 2))


def test_waits_for_the_second_byte_of_a_sample() -> None:
    chunks = stream(Source(b"a", b"b", b"c", b"d"), "audio/l16", "audio/L16")
    assert list(chunks) == [b"ba", b"dc"]


@pytest.mark.parametrize("media_type", ["audio/pcm", "audio/l16"])
def test_takes_pcm_that_begins_like_an_mp3_frame_for_pcm(media_type: str) -> None:
    samples = b"\xff\xfb\x90\x00" * 32  # the low byte first
    sent = samples if media_type == "audio/pcm" else b"\xfb\xff\x00\x90" * 32
    assert stream(Source(sent), media_type).as_wav() == make_wav(samples, AudioFormat())


def test_reports_a_failure_that_is_nested_too_deeply() -> None:
    deep = b'data: {"type": "error", "error": ' + b"[" * 480 + b"]" * 480 + b"}\n\n"
    with pytest.raises(errors.StreamFailedError, match="it gave no reason"):
        list(stream(Source(deep)))


@pytest.mark.parametrize("message", [{"message": "boo"}, ["boo"]])
def test_finds_the_message_of_a_failure_anywhere(message: object) -> None:
    with pytest.raises(errors.StreamFailedError, match="the server stopped the stream: boo"):
        list(stream(Source(event(type="error", error=message))))


def test_a_web_page_in_place_of_audio_raises_and_is_kept(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>" + b" " * 200
    for use in ("as_wav", "save"):
        chunks = stream(Source(*(bytes([byte]) for byte in page)), "audio/wav")
        with pytest.raises(UnexpectedResponseError, match="is text/html") as caught:
            _ = chunks.as_wav() if use == "as_wav" else chunks.save(tmp_path / "a")
        assert caught.value.body == page
    assert list(tmp_path.iterdir()) == []


def test_can_be_saved_again_after_a_path_that_cannot_be_written(tmp_path: Path) -> None:
    chunks = stream(Source(audio(b"ab"), audio(b"cd")))
    with pytest.raises(errors.ArgumentError, match="no directory"):
        chunks.save(tmp_path / "missing" / "a.wav")
    assert chunks.save(tmp_path / "a.wav").read_bytes() == make_wav(b"abcd", AudioFormat())
    with pytest.raises(errors.ArgumentError, match="read or closed already"):
        list(chunks)


def test_chunks_are_bytes() -> None:
    (chunk,) = stream(Source(audio(b"ab")))
    buffer = io.BytesIO()
    assert buffer.write(chunk) == 2
    assert chunk == b"ab"


def test_a_chunk_keeps_the_other_properties_of_its_event() -> None:
    payload_event = event(type="audio_chunk", data="YWI=", size=2, mood={"new": [KEY.reveal()]})
    (chunk,) = stream(Source(payload_event))
    assert isinstance(chunk, Chunk)
    assert chunk.data == {"type": "audio_chunk", "size": 2, "mood": {"new": ["[redacted]"]}}
    assert pickle.loads(pickle.dumps(chunk)).data == chunk.data


def test_raw_chunks_are_not_copied() -> None:
    piece = b"RIFF" + bytes(40)
    (chunk,) = stream(Source(piece), "audio/wav")
    assert chunk is piece  # a copy of each would cost a tenth of the transfer


@pytest.mark.parametrize(
    "answer", [event(type="error", message=f"no {KEY.reveal()}"), event(type="note", of=KEY.reveal())]
)
def test_redacts_a_key_that_the_server_repeats(answer: bytes) -> None:
    chunks = stream(Source(audio(b"ab"), answer))
    try:
        list(chunks)
        visible: object = chunks.events
    except errors.StreamFailedError as error:
        visible = (str(error), error.data)
    assert "[redacted]" in str(visible)
    assert KEY.reveal() not in str(visible)


def test_closing_early_ends_the_stream() -> None:
    source = Source(audio(b"ab"), audio(b"cd"))
    with stream(source) as chunks:
        assert next(chunks) == b"ab"
        assert "open" in repr(chunks)
    assert source.closed
    with pytest.raises(errors.ArgumentError, match="read or closed already"):
        list(chunks)
    assert chunks.bytes_received == 2
    with pytest.raises(errors.StreamInterruptedError, match="closed before its end"):
        chunks.as_wav()


def test_saves_under_asyncio(tmp_path: Path) -> None:
    async def main() -> Path:
        meta = Meta(200, {}, "r", 1, 0.0, "text/event-stream")
        chunks = AsyncEventStream(Source(audio(b"ab")), reading(), meta, "POST /", KEY)
        return await chunks.save(tmp_path / "a")

    assert asyncio.run(main()).read_bytes() == make_wav(b"ab", AudioFormat())


def test_wav_leaves_out_an_incomplete_frame() -> None:
    assert make_wav(b"abc", AudioFormat())[44:] == b"ab"
    assert make_wav(b"abcde", AudioFormat(8000, 2))[44:] == b"abcd"
