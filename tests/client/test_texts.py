"""Answers that are texts, by whatever name."""

from pathlib import Path

from tests.client.answering import WAV, says


def test_a_text_in_another_charset_than_it_says_is_drift() -> None:
    wire = says("é".encode(), "text/plain; charset=nonsense")
    text = wire.client().audio.transcribe(model="m", file=WAV)
    assert (text.text, text.meta.drift) == ("é", ("the text is not nonsense; read as UTF-8",))


def test_a_text_of_another_kind_is_drift(tmp_path: Path) -> None:
    client = says(b"WEBVTT", "text/vtt").client()
    text = client.audio.transcribe(model="m", file=WAV)
    assert (text.text, text.meta.drift) == ("WEBVTT", ("the contract does not define text/vtt",))
    assert client.streaming.audio.transcribe(model="m", file=WAV).result().text == "WEBVTT"
    saved = client.streaming.audio.transcribe(model="m", file=WAV).save(tmp_path / "heard")
    assert (saved.name, saved.read_bytes()) == ("heard.vtt", b"WEBVTT")


def test_a_text_may_be_empty_and_json_by_another_name(tmp_path: Path) -> None:
    client = says(b"", "text/plain").client()
    assert client.audio.transcribe(model="m", file=WAV).text == ""
    assert client.streaming.audio.transcribe(model="m", file=WAV).save(tmp_path / "heard").read_bytes() == b""
    client = says(b'{"text": "hi"}', "text/json").client()
    assert client.audio.transcribe(model="m", file=WAV).text == "hi"


def test_a_page_that_is_called_a_text_is_drift() -> None:
    text = (
        says(b"\n<!doctype html><title>Sign in", "text/plain").client().audio.transcribe(model="m", file=WAV)
    )
    assert text.text == "\n<!doctype html><title>Sign in"
    assert text.meta.drift == ("the text is a web page",)
