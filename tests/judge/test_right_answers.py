"""Answers that are right in unusual ways are not accused, and those beside them that are wrong are."""

import struct

import pytest
from attrs import evolve

from eigen_contract.checks import check_exchange
from eigen_contract.compose import compose
from eigen_contract.examples import examples, upload
from eigen_contract.exchange import AuthClass, Exchange, Headers, Request, Response
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract

ORACLE = Oracle.of(Contract.load())
EXAMPLES = {example.name: example for example in examples(ORACLE.contract)}
WORDS = bytes(range(0, 200, 2)) * 48


def accused(request: Request, status: int, headers: Headers, body: bytes) -> set[str]:
    """Return the checks that find something."""
    answered = Exchange(request, Response(status, headers, body))
    return {finding.check for finding in check_exchange(ORACLE, answered)}


def refusal(status: int, auth: AuthClass = "wrong", *headers: tuple[str, str], text: str = "no") -> set[str]:
    request = evolve(EXAMPLES["speech-json"].request, auth=auth)
    body = f'{{"message": "{text}"}}'.encode()
    return accused(request, status, (("content-type", "application/json"), *headers), body)


@pytest.mark.parametrize(("charset", "found"), [("iso-8859-1", set[str]()), ("utf-8", {"text_is_text"})])
def test_a_text_is_read_by_its_charset(charset: str, found: set[str]) -> None:
    hearing = {"model": "whisper_v3_turbo", "file": upload("voice.wav"), "response_format": "text"}
    example = EXAMPLES["transcription"]
    request = compose(example.operation, example.body.media_type, hearing)
    headers = (("content-type", f"text/plain; charset={charset}"),)
    assert accused(request, 200, headers, "café".encode("iso-8859-1")) == found


def wav(rate: int, tag: int = 1, more: bytes = b"") -> bytes:
    """Write a WAV, with more in its format than there must be."""
    fmt = struct.pack("<HHIIHH", tag, 1, rate, rate * 2, 2, 16) + more
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", len(WORDS)) + WORDS
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


EXTENSIBLE = struct.pack("<HHIH", 22, 16, 4, 1) + b"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"


@pytest.mark.parametrize(
    ("recording", "found"),
    [
        (wav(24_000), set[str]()),
        (wav(24_000, 0xFFFE, EXTENSIBLE), set[str]()),
        (wav(16_000), {"wav_is_as_documented"}),
    ],
)
def test_a_wav_is_as_documented_however_its_header_is_written(recording: bytes, found: set[str]) -> None:
    headers = (("content-type", "audio/wav"),)
    assert accused(EXAMPLES["speech-json"].request, 200, headers, recording) == found


@pytest.mark.parametrize(
    ("challenge", "found"),
    [
        ('Basic realm="a, b", bearer realm="x"', set[str]()),
        ("Bearer", set[str]()),
        ('Basic realm="x"', {"refusals_say_what_would_do"}),
    ],
)
def test_a_challenge_names_bearer_among_others(challenge: str, found: set[str]) -> None:
    assert refusal(401, "wrong", ("www-authenticate", challenge)) == found


def test_a_key_that_is_repeated_is_found() -> None:
    challenge = ("www-authenticate", "Bearer")
    assert refusal(401, "wrong", challenge, text="not-the-key?") == {"errors_keep_keys_to_themselves"}


@pytest.mark.parametrize("value", ["nan", "inf", "1_000", "²"])
def test_a_number_in_a_header_is_one_of_json(value: str) -> None:
    headers = (("content-type", "audio/wav"), ("x-credits-remaining", value))
    found = accused(EXAMPLES["speech-json"].request, 200, headers, wav(24_000))
    assert found == {"declared_headers_match"}


@pytest.mark.parametrize("value", ["-12.50", "0", "1e3", "+7"])
def test_credits_may_be_any_number(value: str) -> None:
    headers = (("content-type", "audio/wav"), ("x-credits-remaining", value))
    assert accused(EXAMPLES["speech-json"].request, 200, headers, wav(24_000)) == set()
