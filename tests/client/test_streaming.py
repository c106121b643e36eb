"""Answers that are streamed and saved: in constant memory, whole or not at all."""

import asyncio
import base64
import json
import os
import tracemalloc
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eigen_generate import AsyncEigenGenerate, EigenGenerate, errors
from tests.client.answering import DRAW, PNG, WAV, says
from tests.runtime.faulty_server import Peer, serve

Script = Callable[[Peer], None]
MIB = 1024 * 1024
SAY: Any = {"model": "m", "text": "t", "stream": True}
JSON = json.dumps({"image_base64": base64.b64encode(PNG).decode()}).encode()


def picture(total: int, sent: int | None = None) -> Script:
    """Announce `total` bytes of a picture and send as many as `sent`."""

    def script(peer: Peer) -> None:
        peer.read()
        peer.send(
            f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {total}\r\n\r\n".encode() + PNG
        )
        left = (total if sent is None else sent) - len(PNG)
        while left > 0:
            peer.send(bytes(min(65536, left)))
            left -= 65536

    return script


def save(
    url: str, path: Path, on_progress: Callable[[int, int | None], object] | None, asynchronous: bool
) -> Path:
    """Stream a picture to a file."""
    if not asynchronous:
        with EigenGenerate(api_key="test-key", base_url=url) as client:
            return client.streaming.images.generate(**DRAW).save(path, on_progress)

    async def main() -> Path:
        async with AsyncEigenGenerate(api_key="test-key", base_url=url) as client:
            stream = await client.streaming.images.generate(**DRAW)
            return await stream.save(path, on_progress)

    return asyncio.run(main())


MODES = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@MODES
def test_saves_a_large_answer_in_constant_memory(tmp_path: Path, asynchronous: bool) -> None:
    steps: list[tuple[int, int | None]] = []
    total = 32 * MIB
    with serve(picture(total)) as server:
        tracemalloc.start()
        path = save(server.url, tmp_path / "cat", lambda done, of: steps.append((done, of)), asynchronous)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert path == tmp_path / "cat.png"
    assert path.stat().st_size == total
    assert steps[-1] == (total, total)
    assert peak < 4 * MIB


@MODES
def test_a_truncated_answer_leaves_no_file(tmp_path: Path, asynchronous: bool) -> None:
    with (
        serve(picture(MIB, MIB // 2)) as server,
        pytest.raises(errors.StreamInterruptedError) as caught,
    ):
        save(server.url, tmp_path / "cat.png", None, asynchronous)
    assert caught.value.bytes_received == MIB // 2
    assert list(tmp_path.iterdir()) == []


@MODES
def test_a_web_page_in_place_of_a_picture_leaves_no_file(tmp_path: Path, asynchronous: bool) -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(200, b"<!DOCTYPE html>" + b" " * 200, "Content-Type: image/png")

    with serve(script) as server, pytest.raises(errors.UnexpectedResponseError, match="is text/html"):
        save(server.url, tmp_path / "cat.png", None, asynchronous)
    assert list(tmp_path.iterdir()) == []


PAGE = b"<!DOCTYPE html>" + b" " * 200_000


@MODES
@pytest.mark.parametrize("cut", [False, True])
def test_the_error_keeps_the_whole_web_page(asynchronous: bool, cut: bool) -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PAGE, "Content-Type: image/png", length=len(PAGE) + cut)

    with (
        serve(script) as server,
        pytest.raises(errors.UnexpectedResponseError, match="is text/html") as caught,
    ):
        save(server.url, Path("never.png"), None, asynchronous)
    assert caught.value.body == PAGE


@MODES
@pytest.mark.parametrize("kind", ["bytes", "JSON"])
def test_can_be_saved_again_after_a_mistyped_path(tmp_path: Path, asynchronous: bool, kind: str) -> None:
    wire = says(PNG, "image/png") if kind == "bytes" else says(JSON, "application/json")
    bad, good = tmp_path / "missing" / "cat.png", tmp_path / "cat.png"

    async def main() -> None:
        stream = await wire.async_client().streaming.images.generate(**DRAW)
        with pytest.raises(errors.ArgumentError, match="no directory"):
            await stream.save(bad)
        await stream.save(good)

    if asynchronous:
        asyncio.run(main())
    else:
        stream = wire.client().streaming.images.generate(**DRAW)
        for path in (bad, tmp_path):
            with pytest.raises(errors.ArgumentError, match="directory"):
                stream.save(path)
        stream.save(good)
    assert good.read_bytes() == PNG


@MODES
@pytest.mark.parametrize("kind", ["bytes", "JSON", "memory"])
def test_a_full_disk_is_a_save_error(
    tmp_path: Path, asynchronous: bool, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    async def main() -> object:
        client = wire.async_client()
        if kind == "memory":
            return await (await client.images.generate(**DRAW)).asave(tmp_path / "a")
        return await (await client.streaming.images.generate(**DRAW)).save(tmp_path / "a")

    def use() -> object:
        if asynchronous:
            return asyncio.run(main())
        if kind == "memory":
            return wire.client().images.generate(**DRAW).save(tmp_path / "a")
        return wire.client().streaming.images.generate(**DRAW).save(tmp_path / "a")

    wire = says(JSON, "application/json") if kind == "JSON" else says(PNG, "image/png")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(errors.SaveError, match=r"cannot write .*: No space left") as caught:
        use()
    assert not isinstance(caught.value, ValueError)
    assert list(tmp_path.iterdir()) == []


@MODES
def test_a_cut_speech_without_a_length_raises(tmp_path: Path, asynchronous: bool) -> None:
    def script(peer: Peer) -> None:
        peer.read()
        events = speech(2)
        peer.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + events[: events.rindex(b"data")]
        )

    async def main(url: str) -> object:
        async with AsyncEigenGenerate(api_key="test-key", base_url=url) as client:
            stream = await client.audio.speak(model="m", text="t", stream=True)
            return await stream.save(tmp_path / "a.wav")

    def use(url: str) -> object:
        if asynchronous:
            return asyncio.run(main(url))
        with EigenGenerate(api_key="test-key", base_url=url) as client:
            return client.audio.speak(model="m", text="t", stream=True).as_wav()

    with serve(script) as server, pytest.raises(errors.StreamInterruptedError) as caught:
        use(server.url)
    assert caught.value.bytes_received == 2 * 48_000 + 3
    assert list(tmp_path.iterdir()) == []


def test_a_result_in_json_is_saved_as_the_method_returns_it(tmp_path: Path) -> None:
    client = says(JSON, "application/json").client()
    assert client.streaming.images.generate(**DRAW).save(tmp_path / "cat").read_bytes() == PNG
    assert b"".join(client.streaming.images.generate(**DRAW)) == JSON
    stream = client.streaming.images.generate(**DRAW)
    with pytest.raises(errors.SaveError, match="name too long"):
        stream.save(tmp_path / ("x" * 254))  # the suffix makes it so
    assert stream.save(tmp_path / "cat").read_bytes() == stream.result().content == PNG


def test_saves_a_text_with_half_a_surrogate_pair(tmp_path: Path) -> None:
    client = says(b'{"text": "a\\ud800"}', "application/json").client()
    stream = client.streaming.audio.transcribe(model="m", file=b"RIFF")
    assert stream.save(tmp_path / "heard").read_bytes() == b"a\\ud800"


@pytest.mark.parametrize("content_type", ["binary/octet-stream", "application/octet-stream", None])
def test_streams_an_answer_without_a_media_type(content_type: str | None, tmp_path: Path) -> None:
    client = says(PNG, content_type).client()
    assert client.streaming.images.generate(**DRAW).save(tmp_path / "cat").name == "cat.png"
    assert client.streaming.images.generate(**DRAW).result().content == PNG
    assert b"".join(client.streaming.images.generate(**DRAW)) == PNG


def test_saves_a_result_in_json_under_asyncio(tmp_path: Path) -> None:
    async def main() -> bytes:
        client = says(JSON, "application/json").async_client()
        stream = await client.streaming.images.generate(**DRAW)
        assert (await stream.save(tmp_path / "cat")).read_bytes() == PNG
        async with await client.streaming.images.generate(**DRAW) as stream:
            return (await stream.result()).content

    assert asyncio.run(main()) == PNG


def test_a_web_page_in_place_of_an_answer_raises_at_once() -> None:
    with pytest.raises(errors.UnexpectedResponseError) as caught:
        says(b"<html>sign in", "text/html").client().streaming.images.generate(**DRAW)
    assert caught.value.body == b"<html>sign in"


def test_a_stream_is_read_once() -> None:
    stream = says(PNG, "image/png").client().streaming.images.generate(**DRAW)
    assert next(stream)
    for use in (stream.result, lambda: stream.save("a")):
        with pytest.raises(errors.ArgumentError, match="read already"):
            use()
    stream.close()


@MODES
@pytest.mark.parametrize("kind", ["bytes", "events", "closed events"])
def test_a_second_loop_is_refused(asynchronous: bool, kind: str) -> None:
    wire = says(PNG, "image/png") if kind == "bytes" else says(speech(3), "text/event-stream")

    async def main() -> None:
        client: Any = wire.async_client()
        stream: Any = await (
            client.streaming.images.generate(**DRAW) if kind == "bytes" else client.audio.speak(**SAY)
        )
        if kind == "closed events":
            await stream.close()
        else:
            assert [chunk async for chunk in stream]
        with pytest.raises(errors.ArgumentError, match="read or closed already"):
            _ = [chunk async for chunk in stream]

    if asynchronous:
        asyncio.run(main())
        return
    client: Any = wire.client()
    stream: Any = client.streaming.images.generate(**DRAW) if kind == "bytes" else client.audio.speak(**SAY)
    if kind == "closed events":
        stream.close()
    else:
        assert list(stream)
    with pytest.raises(errors.ArgumentError, match="read or closed already"):
        list(stream)


def test_a_second_loop_continues_an_unfinished_one() -> None:
    client: Any = says(speech(1), "text/event-stream").client()
    stream = client.audio.speak(**SAY)
    for _ in range(2):
        next(stream)
    assert list(stream) == []  # both chunks are taken, and no loop has seen the end


def test_streaming_refuses_an_argument_that_asks_for_events() -> None:
    with pytest.raises(errors.ArgumentError, match=r"^stream: "):
        says(b"", "text/event-stream").client().streaming.audio.speak(model="m", text="t", stream=True)
    sound = says(WAV, "audio/wav").client().streaming.audio.speak(model="m", text="t")
    assert sound.total == len(WAV)
    assert b"".join(sound) == WAV


def test_closing_early_closes_the_connection() -> None:
    closed: list[bool] = []

    def script(peer: Peer) -> None:
        peer.read()
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 999999\r\n\r\n" + PNG)
        peer.wait_for_end()
        closed.append(True)

    with (
        serve(script) as server,
        EigenGenerate(api_key="test-key", base_url=server.url) as client,
        client.streaming.images.generate(**DRAW) as stream,
    ):
        assert next(stream) == PNG
    assert closed == [True]


def speech(chunks: int) -> bytes:
    """Make the events of a speech in stereo, whose last frame is not whole."""
    data = base64.b64encode(bytes(48_000)).decode()
    events: list[dict[str, Any]] = [{"type": "metadata", "data": {"sample_rate": 16000, "channels": 2}}]
    events += [{"type": "audio_chunk", "data": data}] * chunks
    events += [{"type": "audio_chunk", "data": base64.b64encode(b"abc").decode()}, {"type": "complete"}]
    return b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events)


@MODES
def test_a_saved_speech_is_not_kept_in_memory(tmp_path: Path, asynchronous: bool) -> None:
    wire = says(speech(200), "text/event-stream")
    target = tmp_path / "speech.wav"

    async def main() -> None:
        stream = await wire.async_client().audio.speak(model="m", text="t", stream=True)
        await stream.save(target)
        with pytest.raises(errors.ArgumentError, match="not kept"):
            await stream.as_wav()

    if asynchronous:
        asyncio.run(main())
    else:
        stream = wire.client().audio.speak(model="m", text="t", stream=True)
        steps: list[int] = []
        stream.save(target, lambda done, _: steps.append(done))
        assert steps[-1] == 200 * 48_000 + 3
        with pytest.raises(errors.ArgumentError, match="not kept"):
            stream.as_wav()
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels()) == (16000, 2)
        assert file.getnframes() == 200 * 12_000
    assert target.stat().st_size == 44 + 200 * 48_000


def test_refuses_to_save_after_the_first_chunk_was_taken(tmp_path: Path) -> None:
    stream = says(speech(3), "text/event-stream").client().audio.speak(model="m", text="t", stream=True)
    assert next(stream)
    for use in (stream.as_wav, lambda: stream.save(tmp_path / "speech")):
        with pytest.raises(errors.ArgumentError, match="beginning was taken"):
            use()
    assert len(b"".join(stream)) == 2 * 48_000 + 3
    assert list(tmp_path.iterdir()) == []


def test_asave_reports_progress(tmp_path: Path) -> None:
    async def main() -> Path:
        image = await says(PNG, "image/png").async_client().images.generate(**DRAW)
        return await image.asave(tmp_path / "cat", lambda done, total: steps.append((done, total)))

    steps: list[tuple[int, int | None]] = []
    assert asyncio.run(main()).read_bytes() == PNG
    assert steps == [(len(PNG), len(PNG))]
