"""Tapes become HTTP archives and come back; what browsers and proxies save comes in, and no key with it."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from eigen_contract.command_line import main
from eigen_contract.exchange import Request, Response
from eigen_contract.media import png, wav
from eigen_contract.tape import Tape, TapeEntry
from tests.judge.tape.exchanges import EDITED, KEY, TAPE, VENDOR, files_of

RECORDINGS = Path(__file__).parents[3] / "contract_tests" / "recordings"
GENERATE = "https://api.example.com/api/v1/generate"
SECRET = "a-very-secret-key/+="
COOKIE = "0123456789abcdef"


def imported(archive: Path, folder: Path, *more: str) -> int:
    return main(["tape", "import-har", str(archive), "--out", str(folder), *more])


def exported(folder: Path, archive: Path, *more: str) -> Any:
    assert main(["tape", "export-har", str(folder), "--out", str(archive), *more]) == 0
    return json.loads(archive.read_text("utf-8"))


def saved(
    folder: Path,
    *entries: dict[str, Any],
    browser: str = "Firefox",
) -> Path:
    log = {
        "version": "1.2",
        "creator": {"name": "WebInspector", "version": "537.36"},
        "browser": {"name": browser, "version": "145"},
        "entries": list(entries),
    }
    path = folder / "saved.har"
    path.write_text("\ufeff" + json.dumps({"log": log}), "utf-8")
    return path


def entry(
    body: dict[str, Any] | None = None,
    content: dict[str, Any] | None = None,
    *,
    method: str = "POST",
    url: str = GENERATE,
    status: int = 200,
    headers: dict[str, str] | None = None,
    answer_headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": method,
        "url": url,
        "httpVersion": "h2",
        "cookies": [],
        "headers": pairs({":authority": "api.example.com", **(headers or {})}),
        "queryString": [],
        "headersSize": -1,
        "bodySize": -1,
    }
    if body is not None:
        request["postData"] = body
    response = {
        "status": status,
        "statusText": "",
        "httpVersion": "h2",
        "cookies": [],
        "headers": pairs({"content-type": (content or {}).get("mimeType", ""), **(answer_headers or {})}),
        "content": content or {"size": 0, "mimeType": "x-unknown"},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    }
    started = "2026-03-01T14:30:07.125+02:00"
    return {"startedDateTime": started, "time": 5.5, "request": request, "response": response, "timings": {}}


def pairs(headers: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def json_body(value: Any) -> dict[str, Any]:
    return {"mimeType": "application/json", "text": json.dumps(value)}


def json_content(value: Any) -> dict[str, Any]:
    text = json.dumps(value)
    return {"mimeType": "application/json", "size": len(text.encode()), "text": text}


JSON = {"content-type": "application/json"}
DRAWING = {"model": "m", "prompt": "p"}


def test_a_tape_becomes_an_archive_and_comes_back_as_it_was(tmp_path: Path) -> None:
    archive = exported(RECORDINGS, tmp_path / "tape.har", "--url", "https://api.example.com/")
    assert len(archive["log"]["entries"]) == len(Tape.load(RECORDINGS).entries)
    assert archive["log"]["entries"][0]["request"]["url"] == GENERATE
    assert imported(tmp_path / "tape.har", tmp_path / "back") == 0
    assert files_of(tmp_path / "back") == files_of(RECORDINGS)
    assert imported(tmp_path / "tape.har", tmp_path / "back") == 0, "and once more changes nothing"
    assert files_of(tmp_path / "back") == files_of(RECORDINGS)


def test_bytes_that_are_no_text_and_forms_of_others_come_back(tmp_path: Path) -> None:
    foreign = (
        b'--x y\r\ncontent-disposition: form-data; name=file; filename="\xc3\xbc.wav"\r\nX-More: 1\r\n\r\n'
        + wav(0.01)
        + b"\r\n--x y--"
    )
    headers = (("content-type", 'multipart/form-data; boundary="x y"'),)
    odd = evolve(
        EDITED,
        request=Request("POST", "/api/v1/generate", headers, foreign, "cut-short"),
        response=Response(200, (("content-type", "audio/mpeg"), ("retry-after", "3")), bytes(range(256))),
        label="odd, with 'quotes' and \"more\"",
    )
    TAPE.with_entry(TapeEntry(odd, VENDOR, 0.25)).save(tmp_path / "tape", KEY)
    exported(tmp_path / "tape", tmp_path / "tape.har")
    assert imported(tmp_path / "tape.har", tmp_path / "back") == 0
    assert files_of(tmp_path / "back") == files_of(tmp_path / "tape")


def test_what_a_browser_saved_is_taken_without_any_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    login = {"authorization": f"Bearer {SECRET}", "cookie": f"session={COOKIE}; theme=dark", **JSON}
    echo = json_content(
        {"text": f"you are {SECRET}", "in_base64": base64.b64encode(SECRET.encode()).decode()}
    )
    quoted = SECRET.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D")
    archive = saved(
        tmp_path,
        entry(
            content={"mimeType": "text/html", "size": 3, "text": "<p>"},
            method="GET",
            url="https://x.example/",
        ),
        entry(json_body({**DRAWING, "api_key": "another-secret-of-mine"}), echo, headers=login),
        entry(
            method="GET", url=f"{GENERATE}/status?jobId=7&model=m&token={quoted}", content=echo, headers=login
        ),
        entry(
            json_body({"model": "m", "prompt": f"cookie {COOKIE}"}),
            json_content({"text": "sk-" + "a1B2" * 8}),
            answer_headers={"set-cookie": f"session={COOKIE}; Secure"},
        ),
        entry(json_body(DRAWING), json_content({"message": "no"}), status=401, headers=login),
        entry(json_body(DRAWING), json_content({"message": "no"}), status=401, headers=JSON),
        entry(json_body(DRAWING), status=0, headers=login),
    )
    assert imported(archive, tmp_path / "tape", "--origin", "vendor") == 0
    output = capsys.readouterr()
    everything = output.out.encode() + output.err.encode() + b"".join(files_of(tmp_path / "tape").values())
    for secret in (SECRET, quoted, COOKIE, "another-secret-of-mine", "a1B2a1B2"):
        assert secret.encode() not in everything
    assert base64.b64encode(SECRET.encode()) not in everything
    assert b"theme" not in everything
    tape = Tape.load(tmp_path / "tape")
    assert [entry.exchange.request.auth for entry in tape.entries] == [
        "good",
        "good",
        "good",
        "wrong",
        "missing",
    ]
    labels = [entry.label for entry in tape.entries]
    assert labels[:2] == ["imported generate ImageGeneration 1", "imported getStatus 1"]
    for entry_ in tape.entries:
        assert entry_.provenance.origin == "vendor"
        assert f"{entry_.provenance.recorded:%Y-%m-%dT%H:%M:%SZ}" == "2026-03-01T12:30:07Z"
        assert entry_.provenance.tools[:2] == ("Firefox/145", "WebInspector/537.36")
    assert "left out: GET /: the contract has no such path" in output.err
    assert "left out: entry 7: it was not answered" in output.err


def test_what_was_taken_answers_and_is_taken_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = saved(tmp_path, entry(json_body(DRAWING), json_content({"text": "t"}), headers=JSON))
    for _ in range(2):
        imported(archive, tmp_path / "tape", "--origin", "vendor")
    assert "it is on the tape already" in capsys.readouterr().err
    tape = Tape.load(tmp_path / "tape")
    assert [entry.label for entry in tape.entries] == ["imported generate ImageGeneration 1"]
    sent = Request(
        "POST", "/api/v1/generate", (("content-type", "application/json"),), json.dumps(DRAWING).encode()
    )
    assert tape.answer(sent).body == b'{"text": "t"}'


def test_the_same_request_again_is_another_exchange(tmp_path: Path) -> None:
    answers = [json_content({"task_id": "7", "status": state}) for state in ("pending", "completed")]
    asked = [
        entry(method="GET", url=f"{GENERATE}/status?jobId=7&model=m", content=answer) for answer in answers
    ]
    assert imported(saved(tmp_path, *asked), tmp_path / "tape", "--origin", "vendor") == 0
    tape = Tape.load(tmp_path / "tape")
    assert len(tape.matching(tape.entries[0].exchange.request)) == 2
    assert b"completed" in tape.answer(tape.entries[0].exchange.request).body


def test_only_what_is_below_the_url_is_taken(tmp_path: Path) -> None:
    proxied = "https://proxy.example.com/team/eigen"
    archive = saved(
        tmp_path,
        entry(
            json_body(DRAWING), json_content({"text": "a"}), url=f"{proxied}/api/v1/generate", headers=JSON
        ),
        entry(json_body(DRAWING), json_content({"text": "b"}), headers=JSON),
        entry(
            json_body(DRAWING), json_content({"text": "c"}), url=f"{proxied}2/api/v1/generate", headers=JSON
        ),
    )
    assert imported(archive, tmp_path / "tape", "--origin", "vendor", "--url", proxied) == 0
    [entry_] = Tape.load(tmp_path / "tape").entries
    assert entry_.exchange.response.body == b'{"text": "a"}'
    assert entry_.exchange.request.target == "/api/v1/generate"


BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
BODY = (
    (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    ).encode()
    + wav(0.01)
    + f"\r\n--{BOUNDARY}--\r\n".encode()
)
PARAMS = [{"name": "file", "fileName": "a.txt", "contentType": "text/plain", "value": "hello"}]
WHOLE: list[tuple[str, dict[str, Any], dict[str, str], bytes]] = [
    ("a byte a character", {"text": BODY.decode("latin-1")}, {"content-length": str(len(BODY))}, BODY),
    ("base64 of HAR 1.3", {"text": base64.b64encode(BODY).decode(), "encoding": "base64"}, {}, BODY),
    (
        "fields alone",
        {"params": [{"name": "model", "value": "m"}, *PARAMS]},
        {},
        b'filename="a.txt"\r\nContent-Ty',
    ),
]


@pytest.mark.parametrize(
    ("data", "headers", "expected"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE]
)
def test_a_form_is_taken_however_it_was_saved(
    data: dict[str, Any], headers: dict[str, str], expected: bytes, tmp_path: Path
) -> None:
    sent = entry(
        {"mimeType": FORM, **data}, json_content({"text": "t"}), headers={"content-type": FORM, **headers}
    )
    assert imported(saved(tmp_path, sent), tmp_path / "tape", "--origin", "vendor") == 0
    request = Tape.load(tmp_path / "tape").entries[0].exchange.request
    assert expected in request.body
    assert request.body.endswith(f"--{BOUNDARY}--\r\n".encode())
    assert request.header("content-type") == FORM


LENGTH = {"content-type": FORM, "content-length": str(len(BODY))}
PICTURE = {"mimeType": "image/png", "size": len(png())}
LOST: list[tuple[dict[str, Any], str]] = [
    (
        entry({"mimeType": FORM, "text": BODY.decode("utf-8", "replace")}, headers=LENGTH),
        "bytes of a body of",
    ),
    (
        entry({"mimeType": FORM, "text": "a\ufffdb"}, headers={"content-type": FORM}),
        "bytes of a body were lost",
    ),
    (
        entry({"mimeType": FORM, "params": [{"name": "file", "fileName": "a.wav"}]}),
        "the content of the file in file",
    ),
    (
        entry({"mimeType": "a/b", "params": [{"name": "x", "value": "y"}]}),
        "only the fields of a body of the type a/b",
    ),
    (entry({"mimeType": FORM, "text": ""}, headers=LENGTH), "does not have the body of the request"),
    (
        entry(json_body(DRAWING), PICTURE),
        f"does not have the {len(png())} bytes of the answer; save it with bodies",
    ),
    (entry(json_body(DRAWING), {**PICTURE, "text": "PNG\ufffd"}), f"has 6 bytes of a body of {len(png())}"),
    (entry(json_body(DRAWING), {**PICTURE, "text": "*", "encoding": "base64"}), "is not base64"),
    (entry(json_body(DRAWING), url="https://[::1/api/v1/generate"), "Invalid IPv6 URL"),
    ({"request": 7}, "it was not answered"),
]


@pytest.mark.parametrize(("lost", "words"), LOST, ids=[words for _, words in LOST])
def test_what_is_not_whole_is_left_out_with_its_reason(
    lost: dict[str, Any], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = entry(json_body(DRAWING), json_content({"text": "t"}), headers=JSON)
    assert imported(saved(tmp_path, lost, good), tmp_path / "tape", "--origin", "vendor", "--json") == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["taken"] == ["imported generate ImageGeneration 1"]
    [reason] = outcome["left_out"]
    assert reason.startswith("entry 1: ")
    assert words in reason


def test_binary_answers_are_taken_whole(tmp_path: Path) -> None:
    content = {**PICTURE, "text": base64.b64encode(png()).decode(), "encoding": "base64"}
    assert (
        imported(saved(tmp_path, entry(json_body(DRAWING), content)), tmp_path / "t", "--origin", "vendor")
        == 0
    )
    exchange = Tape.load(tmp_path / "t").entries[0].exchange
    assert (exchange.response.body, exchange.response.media_type) == (png(), "image/png")
    assert exchange.request.media_type == "application/json", "a type that only the body names"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "is no HTTP archive: it has no log.entries"),
        (b"[" * 10**5, "is no HTTP archive"),
        (b"\xff", "is no HTTP archive"),
    ],
)
def test_a_file_that_is_no_archive_is_one_line(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.har").write_bytes(data)
    assert imported(tmp_path / "x.har", tmp_path / "tape") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert words in line
    assert imported(tmp_path / "none.har", tmp_path / "tape") == 2
    assert "cannot read" in capsys.readouterr().err


def test_somebody_must_say_who_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = saved(tmp_path, entry(json_body(DRAWING), json_content({"text": "t"}), headers=JSON))
    assert imported(archive, tmp_path / "tape") == 2
    assert "give --origin" in capsys.readouterr().err
