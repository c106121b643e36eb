"""A manifest is to be read and reviewed: stable, one exchange apart from the next, and exact to the byte."""

import tempfile
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape.manifest import write_manifest
from tests.judge.tape.exchanges import DRAWN, EDITED, KEY, REFERENCE, TAPE, VENDOR, files_of


def text_of(tape: Tape) -> list[str]:
    return write_manifest(tape.entries)[0].splitlines()


def changed_lines(old: Tape, new: Tape) -> list[str]:
    lines = unified_diff(text_of(old), text_of(new), n=0, lineterm="")
    return [line for line in lines if line[:3] not in ("---", "+++") and line[0] in "+-"]


def test_a_manifest_shows_what_a_reviewer_asks() -> None:
    text = "\n".join(text_of(TAPE))
    for line in (
        'label = "drawn"',
        'origin = "vendor"',
        "recorded = 2026-03-01T12:30:00Z",
        'tools = ["eigen-contract/0.1.0"]',
        "credits = 2.5",
        """text = '{"model": "m", "prompt": "p"}'""",
        '{name = "prompt", text = "p"},',
        "status = 200",
    ):
        assert line in text


def test_a_change_of_one_exchange_touches_its_own_lines_alone() -> None:
    other = evolve(DRAWN, response=evolve(DRAWN.response, body=b'{"text": "other"}'))
    assert changed_lines(TAPE, TAPE.with_entry(TapeEntry(other, REFERENCE))) == [
        """-text = '{"text": "t"}'""",
        """+text = '{"text": "other"}'""",
    ]


def test_a_new_exchange_leaves_all_others_as_they_are() -> None:
    tape = TAPE.with_entry(TapeEntry(evolve(DRAWN, label="new"), VENDOR), 1)
    assert all(line.startswith("+") for line in changed_lines(TAPE, tape))


def test_a_tape_that_is_saved_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    before = files_of(tmp_path)
    Tape.load(tmp_path).save(tmp_path, KEY)
    assert files_of(tmp_path) == before


@st.composite
def forms(draw: st.DrawFn) -> Request:
    """Draw forms as any program may write them, well-formed or not."""
    boundary = draw(st.from_regex(r"[A-Za-z0-9'()+_,./:=?-]{1,30}", fullmatch=True))
    parts = draw(st.lists(st.tuples(st.sampled_from(HEADS), st.binary(max_size=60)), max_size=4))
    opening = f"--{boundary}\r\n".encode()
    body = b"".join(opening + head + b"\r\n\r\n" + data + b"\r\n" for head, data in parts)
    body += draw(st.sampled_from([b"--%b--\r\n", b"--%b--", b"", b"--%b--\r\nepilogue"])).replace(
        b"%b", boundary.encode()
    )
    headers = (("content-type", f'multipart/form-data; boundary="{boundary}"'),)
    return Request("POST", "/api/v1/generate", headers, body)


HEADS = (
    b'Content-Disposition: form-data; name="text"',
    b'Content-Disposition: form-data; name="text"\r\nContent-Type: text/plain',
    b'content-disposition: form-data; name=file; filename="a.png"\r\nX-More: 1',
    'Content-Disposition: form-data; name="übel"; filename="ü.wav"'.encode(),
    b'Content-Disposition: form-data; name="\xff"',
    b'Content-Disposition: form-data; name="file"; filename="C:\\\\x.wav"\r\nContent-Type: audio/x-wav',
)
PLAIN = st.builds(
    Request,
    st.just("POST"),
    st.just("/api/v1/generate?x=%20"),
    st.sampled_from([(), (("content-type", "application/json"),), (("content-type", "text/plain;a=é'\""),)]),
    st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))),
    st.sampled_from(["good", "missing"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(forms(), PLAIN), st.one_of(st.binary(max_size=90), st.binary(min_size=1001, max_size=1200)))
def test_any_body_comes_back_byte_for_byte(request: Request, body: bytes) -> None:
    exchange = Exchange(request, Response(200, (("content-type", "text/plain; é"),), body), "any, 1/2 'x'\n")
    with tempfile.TemporaryDirectory() as name:
        Tape((TapeEntry(exchange, VENDOR),)).save(Path(name), KEY)
        loaded = Tape.load(Path(name)).entries[0].exchange
    assert (loaded.request.body, loaded.request.headers) == (request.body, request.headers)
    assert loaded == exchange


Damage = Callable[[Path], object]


def rewritten(old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        text = (folder / "tape.toml").read_text("utf-8")
        assert old in text
        (folder / "tape.toml").write_text(text.replace(old, new, 1), "utf-8")

    return damage


def body_damaged(how: Callable[[Path], object]) -> Damage:
    return lambda folder: [how(path) for path in (folder / "bodies").glob("edited*")]


DAMAGES: list[tuple[Damage, str]] = [
    (rewritten("format = 2", "format = 3"), "has format 3, and this version reads 2; install the newest"),
    (rewritten("status = 200", 'status = "200"'), r"exchange 1 \(drawn\), response: 'status' must be an"),
    (rewritten("status = 200", "status = true"), "must be an integer"),
    (rewritten('origin = "vendor"', 'origin = "moon"'), "'origin' is 'moon' and must be one of"),
    (rewritten('auth = "good"', 'auth = "great"'), "'auth' is 'great'"),
    (rewritten("2026-03-01T12:30:00Z", "2026-03-01"), "'recorded' must be a date and time"),
    (rewritten("2026-03-01T12:30:00Z", "2026-03-01T12:30:00"), "must say its offset from UTC"),
    (rewritten('label = "no"', 'label = "drawn"'), "two exchanges are called 'drawn'"),
    (rewritten('label = "no"', "label = 7"), "exchange 3: 'label' must be a string"),
    (rewritten("credits = 2.5", "credits = 'much'"), "'credits' must be a number"),
    (rewritten('"allow: POST"', '"allow"'), "'allow' is no header"),
    (rewritten("[[exchange]]", "[[exchange"), "is no TOML"),
    (body_damaged(lambda path: path.write_bytes(b"other")), r"edited\.\w+\.png is not what was recorded"),
    (body_damaged(lambda path: path.unlink()), "No such file"),
    (lambda folder: (folder / "tape.toml").write_bytes(b"\xff"), "utf-8"),
    (lambda folder: (folder / "tape.toml").unlink(), r"there is no tape\.toml"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGES)
def test_a_damaged_tape_says_what_is_wrong_with_it(damage: Damage, words: str, tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    damage(tmp_path)
    with pytest.raises(CannotJudgeError, match=f"the tape {tmp_path} is damaged: .*{words}") as caught:
        Tape.load(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "a/b", "..", "", "../a.000000000000.png"])
def test_a_tape_reads_no_file_beyond_its_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "tape"
    (tmp_path / "secret").write_bytes(b"{}")
    TAPE.save(folder, KEY)
    [upload] = (path.name for path in (folder / "bodies").glob("sent.*"))
    rewritten(upload, name)(folder)
    with pytest.raises(CannotJudgeError, match=r"is damaged.*does not name a file in bodies"):
        Tape.load(folder)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"authorization: Bearer abc"', "the answer of no has the header authorization, which looks like a"),
        ('"Cookie: who=me"', "has the header Cookie, which looks like a key"),
        ('"x: sk-' + "a1" * 12 + '"', r"tape\.toml holds what looks like a key"),
    ],
)
def test_a_tape_with_a_key_is_refused(line: str, words: str, tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    rewritten('"allow: POST"', line)(tmp_path)
    with pytest.raises(CannotJudgeError, match=words):
        Tape.load(tmp_path)


def test_a_word_is_not_taken_for_a_key(tmp_path: Path) -> None:
    exchange = evolve(DRAWN, response=Response(200, (), b"authorization"))
    Tape((TapeEntry(exchange, VENDOR),)).save(tmp_path, KEY)
    assert Tape.load(tmp_path).exchanges[0].response.body == b"authorization"


def test_the_same_upload_lies_on_the_tape_once(tmp_path: Path) -> None:
    again = evolve(EDITED, label="edited again", response=Response(200))
    TAPE.with_entry(TapeEntry(again, VENDOR)).save(tmp_path, KEY)
    assert len(list((tmp_path / "bodies").glob("sent.*"))) == 1
