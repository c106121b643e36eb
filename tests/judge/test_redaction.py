"""The key is struck out however a server writes it, of every file that a run leaves and of what it prints."""

import base64
import html
import json
import random
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, unquote_to_bytes

import pytest

from eigen_contract.command_line import main
from eigen_contract.redaction import HIDDEN, Redaction
from tests.report.judging import answering

KEYS = ["test-key", "sk-Ab9/+xYz", "a+b/c=d%e&f", "x" * 40, "sk-" + "0123456789abcdef" * 20]
KEY = KEYS[0]


def escaped(key: str, seed: int) -> str:
    """Write each character of a key as it is or in an escape, by chance."""
    chance = random.Random(seed)
    return "".join(
        chance.choice(
            [
                letter,
                f"\\u{ord(letter):04x}",
                f"\\u{ord(letter):04X}",
                f"\\\\u{ord(letter):04x}",
                f"\\x{ord(letter):02x}",
                f"%{ord(letter):02X}",
                f"%25{ord(letter):02x}",
                f"&#{ord(letter)};",
                f"&#x{ord(letter):x};",
                html.escape(letter),
            ]
        )
        for letter in key
    )


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("seed", range(20))
def test_escapes_of_every_kind_are_struck_out(key: str, seed: int) -> None:
    assert Redaction(key).text(f"<{escaped(key, seed)}>") == f"<{HIDDEN}>"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("before", ["", "x", "xy", "Bearer ", "a Bearer "])
@pytest.mark.parametrize("after", ["", "!", '"}'])
@pytest.mark.parametrize("encode", [base64.standard_b64encode, base64.urlsafe_b64encode, base64.encodebytes])
def test_base64_is_struck_out_at_every_alignment(
    key: str, before: str, after: str, encode: Callable[[bytes], bytes]
) -> None:
    encoded = encode(f"{before}{key}{after}".encode()).decode()
    struck = Redaction(key).text(encoded)
    compact = "".join(struck.split())
    assert len(compact) == len("".join(encoded.split())), "it can still be decoded"
    left = base64.b64decode(compact, b"-_" if encode is base64.urlsafe_b64encode else None)
    assert left.startswith(before[:-1].encode())
    for begin in range(1, len(key) - 4):
        assert key[begin : begin + 4].encode() not in left


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_are_struck_out(key: str, codec: str) -> None:
    left = Redaction(key).data(key.encode(codec))
    assert key not in left.decode("latin-1").replace("\x00", "")
    assert HIDDEN.encode() in left


@pytest.mark.parametrize(
    "written", [KEY.upper(), KEY[:-1], KEY[:6], KEY.encode().hex(), KEY.encode().hex().upper()]
)
def test_another_case_a_part_and_digits_are_struck_out(written: str) -> None:
    assert Redaction(KEY).text(f"[{written}]") == f"[{HIDDEN}]"


@pytest.mark.parametrize(
    "text", ["", "a test of keys", "test", "key", "dGVzdA==", "%74%65", "test_key", "\\" * 9]
)
def test_other_texts_stay(text: str) -> None:
    assert Redaction(KEY).text(text) == text
    assert Redaction("short").text("short") == "short"


@pytest.mark.parametrize("piece", ["\\", "%25", "&amp;", "t", "t\x00", "dGV\n", "test-", "\\\\u0074", "A"])
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    begin = perf_counter()
    Redaction(KEY).text(text)
    assert perf_counter() - begin < 10, "a quadratic search would take minutes"


def forms_of_key(data: bytes) -> Iterator[bytes]:
    """Yield what a curious reader makes of a file: its escapes undone, and its base64 decoded."""
    undone = html.unescape(unquote_to_bytes(data).decode("latin-1"))
    for _ in range(3):
        yield undone.encode("utf-8", "replace")
        undone = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), undone)
    for run in re.findall(r"[A-Za-z0-9+/_-]{8,}", undone):
        for begin in range(4):
            part = run[begin : begin + (len(run) - begin) // 4 * 4]
            yield base64.b64decode(part.translate(str.maketrans("-_", "+/")))


def echo(connection: socket.socket, _: threading.Event) -> None:
    """Send the key back in many forms: in the body, and in a header."""
    spellings = [
        KEY,
        quote(KEY, safe="").replace("-", "%2D"),
        "".join(f"%{ord(letter):02x}" for letter in KEY),
        *(base64.b64encode(f"{'x' * pad}{KEY}".encode()).decode() for pad in range(3)),
        base64.urlsafe_b64encode(f"Bearer {KEY}".encode()).decode(),
    ]
    message = json.dumps(" ".join(spellings))[1:-1] + " " + "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    # The quotation of a long body ends within the key.
    body = f'{{"error": {{"message": "{message}"}}, "k": "'
    body += f'{"." * (1996 - len(body))}{KEY}{"." * 400}"}}'
    head = f"HTTP/1.1 500 {KEY}\r\ncontent-type: application/json\r\nx-key: {KEY}\r\nx-{KEY}: {spellings[-1]}"
    length = f"content-length: {len(body)}\r\nconnection: close"
    connection.sendall(f"{head}\r\n{length}\r\n\r\n{body}".encode())


def test_no_file_and_no_line_holds_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EIGENAI_API_KEY", KEY)
    with answering(echo) as url:
        target = ["--target", f"live:{url}", "--budget", "4"]
        assert (
            main(["run", *target, "--report", str(tmp_path / "report"), "--corpus", str(tmp_path / "corpus")])
            == 1
        )
        assert main(["record", *target, "--out", str(tmp_path / "tape")]) == 2
    printed = capsys.readouterr()
    written = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"report.json", "report.html", "junit.xml", "report.txt"} <= {path.name for path in written}
    assert any(path.parent.name == "bodies" for path in written)
    texts = [("stdout", printed.out.encode()), ("stderr", printed.err.encode())]
    for place, data in [*((str(path), data) for path, data in written.items()), *texts]:
        for form in forms_of_key(data):
            assert KEY.encode() not in form, place
            assert KEY[:-1].encode() not in form, place
    assert HIDDEN in (tmp_path / "report" / "report.json").read_text("utf-8")
