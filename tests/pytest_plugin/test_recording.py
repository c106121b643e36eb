"""A program's calls make a tape of their own, through a real connection, and the tape answers them again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from capturing import CapturingServer
from eigen_contract.exchange import Request, Response
from eigen_contract.media import png
from eigen_contract.tape import Tape
from tests.pytest_plugin.suites import Suite

KEY = "secret-key-of-the-program"
UPLOAD = b"\x00\xff\r\n--boundary\r\n\x80\x81" + png(8, 8)
"""Bytes that are no text, and that look like the end of a part."""
PROGRAM = f"""
from eigen_generate import EigenGenerate

def test_edits(eigen_generate_tape):
    with EigenGenerate() as client:
        client.images.edit(model="m", prompt="p", image_file=("a.png", {UPLOAD!r}), binary_response=True)

def test_transcribes(eigen_generate_tape):
    with EigenGenerate() as client:
        client.audio.transcribe(model="m", file=("a.wav", b"RIFF\\x00\\xff"))
"""


def picture(request: Request) -> Response:
    """Answer a form with a picture, and anything else with a transcript."""
    if b'name="file"' in request.body:
        return Response(200, (("content-type", "application/json"),), b'{"text": "good morning"}')
    return Response(200, (("content-type", "image/png"), ("x-machine", "seventh-of-twelve")), png(8, 8))


@pytest.fixture
def service() -> Iterator[CapturingServer]:
    with CapturingServer(picture) as server:
        yield server


def variables(server: CapturingServer) -> dict[str, str]:
    return {"EIGENAI_BASE_URL": server.url, "EIGENAI_API_KEY": KEY}


NOWHERE = {"EIGENAI_BASE_URL": "http://127.0.0.1:9", "EIGENAI_API_KEY": "another-key"}


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_recorded_once_is_answered_without_a_service(
    service: CapturingServer, tmp_path: Path
) -> None:
    suite = Suite(tmp_path, test_program=PROGRAM)
    outcome = suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    assert outcome.counts() == "2 passed", outcome.output
    assert len(service.requests) == 2
    kept = files_of(tmp_path / "tape")
    for arguments in ([], ["--eigen-record=once"], ["--eigen-record=new_episodes"]):
        outcome = suite.run("--eigen-tape=tape", *arguments, **NOWHERE)
        assert outcome.counts() == "2 passed", outcome.output
    assert files_of(tmp_path / "tape") == kept


def test_bytes_and_forms_are_kept_whole_and_the_key_is_not(service: CapturingServer, tmp_path: Path) -> None:
    Suite(tmp_path, test_program=PROGRAM).run(
        "--eigen-tape=tape", "--eigen-record=once", **variables(service)
    )
    tape = Tape.load(tmp_path / "tape")
    assert [exchange.request.body for exchange in tape.exchanges] == [sent.body for sent in service.requests]
    assert [exchange.response.body for exchange in tape.exchanges] == [png(8, 8), b'{"text": "good morning"}']
    assert UPLOAD in files_of(tmp_path / "tape").values()
    assert [entry.label for entry in tape.entries] == [
        "test_program.py::test_edits 1",
        "test_program.py::test_transcribes 1",
    ]
    assert {entry.provenance.origin for entry in tape.entries} == {"vendor"}
    written = b"".join(files_of(tmp_path / "tape").values())
    assert KEY.encode() not in written
    assert b"seventh-of-twelve" not in written
    assert service.requests[0].auth == "wrong", "the program's own key was sent: the server knows another"


ANOTHER_TEST = (
    PROGRAM
    + """
def test_draws(eigen_generate_tape):
    with EigenGenerate() as client:
        client.images.generate(model="m", prompt="p")
"""
)


def test_once_records_a_test_that_has_nothing_yet(service: CapturingServer, tmp_path: Path) -> None:
    suite = Suite(tmp_path, test_program=PROGRAM)
    suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    suite.write("test_program.py", ANOTHER_TEST)
    outcome = suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    assert outcome.counts() == "3 passed", outcome.output
    assert len(service.requests) == 3


OTHER_REQUEST = PROGRAM.replace('prompt="p"', 'prompt="q"')


def test_once_sends_nothing_more_for_a_test_that_is_recorded(
    service: CapturingServer, tmp_path: Path
) -> None:
    suite = Suite(tmp_path, test_program=PROGRAM)
    suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    suite.write("test_program.py", OTHER_REQUEST)
    outcome = suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    assert outcome.counts() == "1 failed, 1 passed"
    assert "is not on the tape; the nearest is test_program.py::test_edits 1" in outcome.output
    assert len(service.requests) == 2


def test_new_episodes_adds_what_is_not_there(service: CapturingServer, tmp_path: Path) -> None:
    suite = Suite(tmp_path, test_program=PROGRAM)
    suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(service))
    suite.write("test_program.py", OTHER_REQUEST)
    outcome = suite.run("--eigen-tape=tape", "--eigen-record=new_episodes", **variables(service))
    assert outcome.counts() == "2 passed", outcome.output
    assert len(service.requests) == 3
    assert [entry.label for entry in Tape.load(tmp_path / "tape").entries] == [
        "test_program.py::test_edits 1",
        "test_program.py::test_transcribes 1",
        "test_program.py::test_edits 2",
    ]
    assert suite.run("--eigen-tape=tape", **NOWHERE).counts() == "2 passed"


def test_nothing_is_recorded_by_itself(service: CapturingServer, tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=PROGRAM).run("--eigen-tape=tape", **variables(service))
    assert outcome.counts() == "2 errors"
    assert "there is no tape in" in outcome.output
    assert service.requests == []


def test_recording_needs_a_folder(service: CapturingServer, tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=PROGRAM).run("--eigen-record=once", **variables(service))
    assert "--eigen-record=once needs a folder: name one with --eigen-tape DIR" in outcome.output
    assert service.requests == []


POLLING = """
from eigen_generate import EigenGenerate

def test_waits(eigen_generate_tape):
    states = []
    with EigenGenerate() as client:
        for _ in range(3):
            states.append(client.videos.status(job_id="j", model="m").status)
    assert states == ["pending", "pending", "completed"]
"""


def test_equal_requests_get_their_answers_in_turn(tmp_path: Path) -> None:
    states = ["completed", "pending", "pending"]

    def state(_request: Request) -> Response:
        body = f'{{"task_id": "j", "status": "{states.pop()}"}}'.encode()
        return Response(200, (("content-type", "application/json"),), body)

    suite = Suite(tmp_path, test_program=POLLING)
    with CapturingServer(state) as server:
        outcome = suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(server))
    assert outcome.counts() == "1 passed", outcome.output
    assert suite.run("--eigen-tape=tape", **NOWHERE).counts() == "1 passed"


ASYNC_STREAM = """
import asyncio
from eigen_generate import AsyncEigenGenerate

def test_speaks(eigen_generate_tape):
    async def speak():
        async with AsyncEigenGenerate() as client:
            async with await client.audio.speak(model="m", text="t", stream=True) as stream:
                return [bytes(chunk) async for chunk in stream]

    assert asyncio.run(speak()) == [b"\\x01\\x00", b"\\x02\\x00"]
"""
HTTPX2 = """
import httpx2
from eigen_generate import EigenGenerate

def test_speaks(eigen_generate_tape):
    with httpx2.Client() as http_client:
        client = EigenGenerate(http_client=http_client)
        with client.audio.speak(model="m", text="t", stream=True) as stream:
            assert [bytes(chunk) for chunk in stream] == [b"\\x01\\x00", b"\\x02\\x00"]
"""
EVENTS = b"""data: {"type": "audio_chunk", "data": "AQA="}

data: {"type": "audio_chunk", "data": "AgA="}

data: {"type": "done"}

"""


@pytest.mark.parametrize("program", [ASYNC_STREAM, HTTPX2], ids=["async", "httpx2"])
def test_a_stream_is_recorded_and_played(program: str, tmp_path: Path) -> None:
    suite = Suite(tmp_path, test_program=program)

    def answer(_request: Request) -> Response:
        return Response(200, (("content-type", "text/event-stream"),), EVENTS)

    with CapturingServer(answer) as server:
        outcome = suite.run("--eigen-tape=tape", "--eigen-record=once", **variables(server))
    assert outcome.counts() == "1 passed", outcome.output
    assert Tape.load(tmp_path / "tape").exchanges[0].response.body == EVENTS
    assert suite.run("--eigen-tape=tape", **NOWHERE).counts() == "1 passed"


def test_an_answer_that_holds_the_key_is_refused(tmp_path: Path) -> None:
    def indiscreet(_request: Request) -> Response:
        return Response(200, (("content-type", "application/json"),), f'{{"text": "{KEY}"}}'.encode())

    with CapturingServer(indiscreet) as server:
        outcome = Suite(tmp_path, test_program=PROGRAM).run(
            "--eigen-tape=tape", "--eigen-record=once", "-k", "transcribes", "--tb=line", **variables(server)
        )
    assert outcome.counts() == "1 failed, 1 deselected"
    assert "the exchange holds the key" in outcome.output
    assert KEY not in outcome.output
    assert KEY.encode() not in b"".join(files_of(tmp_path).values())


@pytest.mark.deep
def test_workers_record_on_one_tape(service: CapturingServer, tmp_path: Path) -> None:
    draws = "".join(
        f"""
def test_draws_{number}(eigen_generate_tape):
    with EigenGenerate() as client:
        client.images.generate(model="m", prompt="{number}")
"""
        for number in range(12)
    )
    suite = Suite(tmp_path, test_program=f"from eigen_generate import EigenGenerate\n{draws}")
    arguments = ("--numprocesses=3", "--dist=load", "--eigen-tape=tape")
    outcome = suite.run(*arguments, "--eigen-record=once", **variables(service))
    assert outcome.counts() == "12 passed", outcome.output
    assert {entry.label for entry in Tape.load(tmp_path / "tape").entries} == {
        f"test_program.py::test_draws_{number} 1" for number in range(12)
    }
    assert suite.run(*arguments, **NOWHERE).counts() == "12 passed"
