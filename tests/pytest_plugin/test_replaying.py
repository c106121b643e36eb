"""A program's requests are answered from a tape, whichever client it makes, and never sent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pytest_plugin.suites import ROOT, Suite

RECORDINGS = ROOT / "contract_tests" / "recordings"
DRAW = 'model="YOUR_MODEL", prompt="A fluffy orange tabby cat in a sunlit garden"'
IS_PNG = 'assert picture.content.startswith(b"\\x89PNG")'
SYNC = f"""
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with EigenGenerate(api_key="test-key") as client:
        picture = client.images.generate({DRAW})
    {IS_PNG}
    (request,) = eigen_generate_tape.requests
    assert (request.method, request.path) == ("POST", "/api/v1/generate")
"""
ASYNC = f"""
import asyncio
from eigen_generate import AsyncEigenGenerate

def test_draws(eigen_generate_tape):
    async def draw():
        async with AsyncEigenGenerate(api_key="test-key") as client:
            return await client.images.generate({DRAW})

    picture = asyncio.run(draw())
    {IS_PNG}
"""
HTTPX2 = f"""
import httpx2
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with httpx2.Client() as http_client:
        client = EigenGenerate(api_key="test-key", http_client=http_client)
        picture = client.images.generate({DRAW})
    {IS_PNG}
"""
BASE_URL = f"""
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with EigenGenerate(api_key="any-key", base_url="https://gateway.invalid/team/eigen") as client:
        picture = client.images.generate({DRAW})
    {IS_PNG}
"""
STREAM = """
from eigen_generate import EigenGenerate

def test_speaks(eigen_generate_tape):
    text = "The first words should arrive before the last ones are spoken."
    with EigenGenerate(api_key="test-key") as client:
        with client.audio.speak(model="higgs2p5", text=text, stream=True) as stream:
            chunks = list(stream)
            assert len(chunks) > 1
            assert stream.format.sample_rate == 24000
"""
RESPX = f"""
import httpx
import respx
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with respx.mock(base_url="https://app.eigenai.com", using="httpx") as router:
        router.post("/api/v1/generate").mock(side_effect=eigen_generate_tape)
        with EigenGenerate(api_key="test-key", http_client=httpx.Client()) as client:
            picture = client.images.generate({DRAW})
    {IS_PNG}
"""
MOCK_TRANSPORT = f"""
import httpx
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    http_client = httpx.Client(transport=httpx.MockTransport(eigen_generate_tape))
    picture = EigenGenerate(api_key="test-key", http_client=http_client).images.generate({DRAW})
    {IS_PNG}
"""
PROGRAMS = {
    "sync": SYNC,
    "async": ASYNC,
    "httpx2": HTTPX2,
    "base_url": BASE_URL,
    "stream": STREAM,
    "respx": RESPX,
    "MockTransport": MOCK_TRANSPORT,
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_answers_from_the_tape_of_the_package(program: str, tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=PROGRAMS[program]).run()
    assert outcome.counts() == "1 passed", outcome.output


OTHER_PROMPT = """
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with EigenGenerate(api_key="test-key") as client:
        client.images.generate(model="YOUR_MODEL", prompt="A fluffy orange tabby dog")
"""


def test_an_unmatched_request_names_the_nearest_one_and_what_differs(tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=OTHER_PROMPT).run()
    assert outcome.counts() == "1 failed"
    assert (
        "POST /api/v1/generate is not on the tape; the nearest is example image-generation" in outcome.output
    )
    assert "A fluffy orange tabby dog" in outcome.output
    assert "test-key" not in outcome.output.replace('api_key="test-key"', "")


FORGIVING = """
from eigen_generate import EigenGenerate

def test_draws(eigen_generate_tape):
    with EigenGenerate(api_key="test-key") as client:
        try:
            client.images.generate(model="YOUR_MODEL", prompt="A fluffy orange tabby dog")
        except Exception:
            pass
"""


def test_a_program_that_goes_on_without_an_answer_fails_all_the_same(tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=FORGIVING).run()
    assert outcome.counts() == "1 failed"
    assert "is not on the tape" in outcome.output


ELSEWHERE = """
import http.server
import threading
import httpx

def test_asks_another_service(eigen_generate_tape):
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    answer = httpx.get(f"http://127.0.0.1:{server.server_port}/pytest.ini")
    thread.join()
    server.server_close()
    assert answer.status_code == 200
    assert eigen_generate_tape.requests == []
"""


def test_other_requests_go_where_they_went_before(tmp_path: Path) -> None:
    outcome = Suite(tmp_path, test_program=ELSEWHERE).run()
    assert outcome.counts() == "1 passed", outcome.output


MARKED = SYNC.replace("def test_draws", '@pytest.mark.eigen_tape("tape")\ndef test_draws')


def test_the_marker_names_a_folder_beside_the_test(tmp_path: Path) -> None:
    suite = Suite(tmp_path, test_program=f"import pytest\n{MARKED}")
    outcome = suite.run("--eigen-tape", str(tmp_path / "nowhere"))
    assert f"there is no tape in {tmp_path / 'tape'}" in outcome.output
    (tmp_path / "tape").symlink_to(RECORDINGS, target_is_directory=True)
    outcome = suite.run("--eigen-tape", str(tmp_path / "nowhere"), "--strict-markers")
    assert outcome.counts() == "1 passed", outcome.output


def test_the_option_wins_over_the_ini_value(tmp_path: Path) -> None:
    suite = Suite(tmp_path, test_program=SYNC)
    suite.write("pytest.ini", "[pytest]\neigen_tape = nowhere\n")
    assert f"there is no tape in {tmp_path / 'nowhere'}" in suite.run().output
    outcome = suite.run("--eigen-tape", str(RECORDINGS))
    assert outcome.counts() == "1 passed", outcome.output


def test_two_workers_are_answered_alike(tmp_path: Path) -> None:
    modules = {f"test_program_{number}": source for number, source in enumerate(PROGRAMS.values())}
    outcome = Suite(tmp_path, **modules).run("--numprocesses=2")
    assert outcome.counts() == f"{len(PROGRAMS)} passed", outcome.output


IMPORTS = """
import sys
import pytest

before = {*sys.modules}
import eigen_contract.pytest_plugin as plugin

plugin.pytest_addoption(pytest.Parser(_ispytest=True))
imported = {name.partition(".")[0] for name in {*sys.modules} - before}
print(*sorted(imported - sys.stdlib_module_names))
"""


def test_every_pytest_of_the_environment_imports_little_of_it() -> None:
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "contract_tests")}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], env=variables, capture_output=True, text=True, check=True
    )
    assert {*done.stdout.split()} == {"_pytest", "eigen_contract"}
