"""The fixtures that programs are tested with, as their authors use them: by a pytest of their own."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eigen_reference.local_server import LocalServer
from tests.reference.sockets import ENVIRONMENT, answer, post

TESTS = """
import asyncio
import httpx
import pytest

BODY = {"model": "eigen-image", "prompt": "a cat", "width": 512, "height": 512}


def post(server, **changes):
    headers = {"Authorization": f"Bearer {server.api_key}"}
    return httpx.post(f"{server.base_url}/api/v1/generate", headers=headers, json={**BODY, **changes})


@pytest.mark.parametrize("number", range(4))
def test_what_was_sent(eigen_generate_server, number):
    assert eigen_generate_server.requests == []
    assert post(eigen_generate_server, seed=number).status_code == 200
    (request,) = eigen_generate_server.requests
    assert (request.job, request.fields["seed"], request.status) == ("generate", number, 200)


@pytest.mark.parametrize("number", range(4))
def test_retries(eigen_generate_server, number):
    eigen_generate_server.fault("status=429; retry-after=1", times=2)
    assert [post(eigen_generate_server).status_code for _ in range(3)] == [429, 429, 200]
    eigen_generate_server.fault("reset", times=None)
    with pytest.raises(httpx.TransportError):
        post(eigen_generate_server)
    eigen_generate_server.reset()
    assert post(eigen_generate_server).status_code == 200


def test_asynchronous(eigen_generate_server):
    async def ask():
        async with httpx.AsyncClient(base_url=eigen_generate_server.base_url) as client:
            return await client.get("/api/v1/generate/status")

    assert asyncio.run(ask()).status_code == 401


def test_session(eigen_generate_server_session):
    assert post(eigen_generate_server_session, width=1).status_code == 400
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_program.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "eigen_reference.pytest_plugin", *arguments]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-W", "error", "."],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_program_is_tested_and_nothing_is_left_behind(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "10 passed" in done.stdout


@pytest.mark.deep
def test_each_worker_has_a_server_of_its_own(tmp_path: Path) -> None:
    done = run(tmp_path, "-n2")
    assert done.returncode == 0, done.stdout


def test_the_plugin_imports_nothing_but_pytest() -> None:
    check = (
        "import sys, eigen_reference.pytest_plugin;"
        "print({'starlette', 'uvicorn', 'jsonschema', 'attrs', 'PIL', 'av'} & set(sys.modules))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", check], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() in ("set()", "{'attrs'}")  # pytest itself may bring attrs


def test_a_server_ends_with_its_block_and_its_children_with_it() -> None:
    before = children()
    began = time.monotonic()
    with LocalServer() as server:
        took = time.monotonic() - began
        with socket.create_connection(("127.0.0.1", int(server.base_url.rpartition(":")[2]))) as connection:
            body = b'{"model":"m","prompt":"p","width":512,"height":512}'
            connection.sendall(post(body, "Connection: close"))
            assert answer(connection).status == 200
        assert children() > before
    assert children() == before
    assert took < 10  # two seconds, on a machine that does nothing else


def children() -> set[str]:
    """Return the processes that this one has started."""
    tasks = Path("/proc/self/task").iterdir()
    return {pid for task in tasks for pid in (task / "children").read_text().split()}
