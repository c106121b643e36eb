"""HTTP archives: every byte comes back, the key never goes in, and foreign archives read as well."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.har import HarEntry, HarWriter, Redact, read_har

STARTED = datetime(2026, 1, 31, 12, 0, 0, 125000, UTC)
FORM = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\x00\xff\r\n--x--\r\n'
REQUEST = Request(
    "POST", "/api/v1/generate?a=%20b&a=", (("content-type", "multipart/form-data; boundary=x"),), FORM
)
RESPONSE = Response(200, (("content-type", "image/png"), ("x-odd", "\u00e9")), bytes(range(256)), 0.25, 0.75)


def hidden(data: bytes) -> bytes:
    return data.replace(b"test-key", b"hidden")


def written(path: Path, *exchanges: Exchange, redact: Redact = bytes) -> dict[str, Any]:
    with HarWriter(path, redact) as archive:
        for exchange in exchanges:
            archive.add(HarEntry(exchange, "https://host.example", STARTED))
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


@pytest.mark.parametrize(
    "body", [b"", b"{}", "\u00e4\u65e5\U0001f600\x00\x1b".encode(), b"\xff\xfe", FORM, b"\r\n\xef\xbb\xbf"]
)
def test_every_byte_comes_back(body: bytes, tmp_path: Path) -> None:
    sent = Request("PUT", "/p?q", (("Content-Type", "x/y"), ("a", "1"), ("a", "2")), body, "cut-short")
    exchange = Exchange(sent, Response(418, (("B", "3"),), body), "a label")
    written(tmp_path / "run.har", exchange, Exchange(REQUEST, RESPONSE, "picture"))
    first, second = read_har((tmp_path / "run.har").read_bytes())
    assert first == HarEntry(exchange, "https://host.example", STARTED)
    assert second.exchange == Exchange(REQUEST, RESPONSE, "picture")
    assert (second.exchange.response.first_byte, second.exchange.response.last_byte) == (0.25, 0.75)


def test_an_archive_has_what_the_format_requires(tmp_path: Path) -> None:
    """The fields that HAR 1.2 does not call optional."""
    log = written(tmp_path / "run.har", Exchange(REQUEST, RESPONSE))["log"]
    assert (log["version"], log["creator"]["name"]) == ("1.2", "eigen-contract")
    [entry] = log["entries"]
    assert entry.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
    assert entry["startedDateTime"] == "2026-01-31T12:00:00.125+00:00"
    assert (entry["time"], entry["timings"]) == (750.0, {"send": 0, "wait": 250.0, "receive": 500.0})
    sides = {"httpVersion", "cookies", "headers", "headersSize", "bodySize"}
    assert entry["request"].keys() >= sides | {"method", "url", "queryString", "postData"}
    assert entry["response"].keys() >= sides | {"status", "statusText", "content", "redirectURL"}
    assert entry["request"]["queryString"] == [{"name": "a", "value": " b"}, {"name": "a", "value": ""}]
    content = entry["response"]["content"]
    assert (content["size"], content["encoding"]) == (256, "base64")
    assert base64.b64decode(content["text"]) == RESPONSE.body


def test_an_archive_without_entries_is_whole(tmp_path: Path) -> None:
    assert written(tmp_path / "run.har")["log"]["entries"] == []


def test_the_key_is_struck_out_before_a_body_is_encoded(tmp_path: Path) -> None:
    binary = b"\xff test-key \xff"
    exchange = Exchange(Request("GET", "/"), Response(200, (("x-echo", "test-key"),), binary))
    written(tmp_path / "run.har", exchange, redact=hidden)
    [entry] = read_har((tmp_path / "run.har").read_bytes())
    assert entry.exchange.response == Response(200, (("x-echo", "hidden"),), b"\xff hidden \xff")


def test_an_archive_of_a_browser_reads_without_its_key() -> None:
    request: dict[str, Any] = {
        "method": "POST",
        "url": "https://host.example/api?x=1",
        "headers": [
            {"name": ":authority", "value": "host.example"},
            {"name": "Authorization", "value": "Bearer test-key"},
        ],
        "postData": {"mimeType": "application/json", "text": "{}"},
    }
    response: dict[str, Any] = {"status": 204, "headers": [], "content": {"size": 0, "mimeType": "x-unknown"}}
    entry = {"startedDateTime": "2026-01-31T12:00:00.125Z", "request": request, "response": response}
    [read] = read_har(json.dumps({"log": {"entries": [entry]}}).encode())
    assert read.exchange == Exchange(Request("POST", "/api?x=1", (), b"{}", "good"), Response(204))
    assert read.started == STARTED


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"{}", "log.entries"),
        (b"[", "Expecting"),
        (b"\xff", "utf-8"),
        (b"[" * 10**5, "deeply"),
        (b'{"log": {"entries": [1]}}', "entry 1 needs 'request'"),
        (b'{"log": {"entries": [{"request": {}}]}}', "entry 1, request needs 'url'"),
    ],
)
def test_what_is_not_an_archive_is_said(data: bytes, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_har(data)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match="cannot write the archive"):
        HarWriter(tmp_path / "none" / "run.har")
