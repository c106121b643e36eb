"""Two tapes are compared by what their answers mean: bytes that may differ are no difference."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from PIL import Image

from eigen_contract.command_line import main
from eigen_contract.compose import Upload, compose
from eigen_contract.exchange import Exchange, Response
from eigen_contract.media import png, wav
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape_review.comparing import Comparison, compare

RECORDINGS = Path(__file__).parents[3] / "contract_tests" / "recordings"
TAPE = Tape.load(RECORDINGS)
ORACLE = Oracle.of(Contract.load())


def entry_of(label: str) -> TapeEntry:
    entry = TAPE.entry(label)
    assert entry is not None
    return entry


def answered(label: str, status: int | None = None, media_type: str = "", body: bytes | None = None) -> Tape:
    """Return the tape with another answer to one exchange."""
    entry = entry_of(label)
    response = entry.exchange.response
    headers = (("content-type", media_type),) if media_type else response.headers
    changed = Response(
        response.status if status is None else status, headers, response.body if body is None else body
    )
    return TAPE.with_entry(evolve(entry, exchange=evolve(entry.exchange, response=changed)))


def document(label: str, change: Callable[[dict[str, Any]], object]) -> Tape:
    """Return the tape with a change in a JSON answer."""
    read = json.loads(entry_of(label).exchange.response.body)
    change(read)
    return answered(label, body=json.dumps(read).encode())


def picture(width: int, height: int, form: str = "PNG", colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), colour).save(written, form)
    return written.getvalue()


def compared(new: Tape, old: Tape = TAPE) -> Comparison:
    return compare(ORACLE, old, new)


def test_a_tape_is_like_itself() -> None:
    assert compared(TAPE).is_same
    assert compared(TAPE).compared == len(TAPE.entries)


def without_first(events: bytes) -> bytes:
    return events.partition(b"\n\n")[2]


EDITING, SPEECH, STATUS = "example image-editing", "example text-to-speech", "example video, status"
SIZE = (
    Image.open(BytesIO(entry_of(EDITING).exchange.response.body)).size  # what the reference drew
)
STREAM = entry_of("example speech-stream").exchange.response.body
DIFFERENT: list[tuple[Tape, str]] = [
    (answered(EDITING, 503, "application/json", b"{}"), "status was 200 and is 503"),
    (answered(EDITING, body=picture(16, 16)), f"width of the body was {SIZE[0]} and is 16"),
    (
        answered(EDITING, media_type="image/jpeg", body=picture(*SIZE, "JPEG")),
        "media type was 'image/png' and",
    ),
    (answered(EDITING, body=png()[:-20]), "content of the body was nothing and is 'broken'"),
    (answered(SPEECH, body=wav(0.5)), "seconds of the body was"),
    (answered(SPEECH, body=wav(9.0)), "sample rate of the body was 24000 and is 16000"),
    (
        answered("example transcription", body=b'{"text": ""}'),
        "/text was 'string' and is 'empty string'",
    ),
    (
        document("example transcription", lambda read: read.update(language="en")),
        "type of /language was nothing",
    ),
    (
        document("example transcription", lambda read: read.update(text=7)),
        "/text was 'string' and is 'number'",
    ),
    (
        document(STATUS, lambda read: read.update(status="failed")),
        "/status was 'completed' and is 'failed'",
    ),
    (answered("example speech-stream", body=without_first(STREAM)), "events was ["),
    (answered("example speech-stream", body=STREAM[:-1]), "stream was nothing and is 'broken'"),
    (
        answered("refused method", media_type="application/json"),
        "header of allow was 'present'",
    ),
]


@pytest.mark.parametrize(("new", "words"), DIFFERENT, ids=[words for _, words in DIFFERENT])
def test_another_meaning_is_a_difference(new: Tape, words: str) -> None:
    differences = [str(difference) for difference in compared(new).differences]
    assert any(words in difference for difference in differences), differences


ALIKE = [
    answered(EDITING, body=picture(*SIZE, colour="blue")),
    document("example transcription", lambda read: read.update(text="what others hear")),
    document(STATUS, lambda read: read.update(end_time="2027-01-01T00:00:00+00:00")),
    document("example voice-upload", lambda read: read.update(voice_id="another")),
]


@pytest.mark.parametrize("new", ALIKE)
def test_other_bytes_of_the_same_meaning_are_none(new: Tape) -> None:
    assert new != TAPE
    assert compared(new).is_same


def test_the_same_seed_is_to_give_the_same_picture() -> None:
    entry = entry_of(EDITING)
    operation = ORACLE.contract.operation("POST", "/api/v1/generate")
    assert operation is not None
    fields = {"model": "m", "prompt": "p", "image_file": Upload("a.png", "image/png", png())}
    for more, is_same in (({}, True), ({"seed": 3}, False)):
        request = compose(operation, "multipart/form-data", {**fields, **more})
        red, blue = (
            Tape(
                (evolve(entry, exchange=Exchange(request, Response(200, PNG, picture(8, 8, "PNG", colour)))),)
            )
            for colour in ("red", "blue")
        )
        assert compared(blue, red).is_same == is_same


PNG = (("content-type", "image/png"),)


def test_a_job_with_another_id_is_the_same_job() -> None:
    renamed: list[TapeEntry] = []
    for entry in TAPE.entries:
        request = entry.exchange.request
        target = request.target.replace("jobId=", "jobId=other-")
        renamed.append(evolve(entry, exchange=evolve(entry.exchange, request=evolve(request, target=target))))
    assert Tape(tuple(renamed)) != TAPE
    assert compared(Tape(tuple(renamed))).is_same


def test_what_only_one_tape_has_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    TAPE.without(["refused method"]).save(tmp_path / "old", "test-key")
    TAPE.without([EDITING]).save(tmp_path / "new", "test-key")
    assert main(["tape", "diff", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{EDITING}: only on the old tape",
        "refused method: only on the new tape",
        f"{len(TAPE.entries) - 2} answers compared, 0 differ",
    ]
    assert main(["tape", "diff", "--json", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["gone"], found["added"], found["differences"]) == ([EDITING], ["refused method"], [])


def test_the_same_tape_is_exit_status_0(tmp_path: Path) -> None:
    copy = shutil.copytree(RECORDINGS, tmp_path / "copy")
    assert main(["tape", "diff", str(RECORDINGS), str(copy)]) == 0
    assert main(["tape", "diff", str(RECORDINGS), str(tmp_path / "none")]) == 2
