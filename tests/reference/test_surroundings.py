"""Health, CORS, the access log, and addresses beyond loopback."""

import asyncio
import json
import re
import socket
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from eigen_reference.surroundings import AccessLog, with_cors
from tests.reference.lifespan import Lifespan
from tests.reference.serving import GENERATE, KEY, STATUS, Server
from tests.reference.sockets import JSON, Process, answer, serving

ORIGIN = "http://localhost:3000"
VIDEO = {"model": "m", "prompt": "p", "frame_num": 2}
BODY = {"model": "m", "prompt": "a secret prompt", "width": 512, "height": 512}


@pytest.fixture(scope="module")
def app(engines: Engines) -> ASGIApp:
    return create_app(engines=engines)


def get(process: Process, path: str) -> int:
    return process.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()).status


def test_a_server_says_that_it_is_alive_and_ready_as_soon_as_it_listens(tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        assert get(process, "/health") == 200
        assert get(process, "/ready") == 200


def test_an_app_that_has_ended_is_not_ready_and_works_when_it_begins_again() -> None:
    app = create_app()

    async def statuses() -> list[int | str]:
        seen: list[int | str] = []
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://reference.test") as client:
            for number in range(2):
                async with Lifespan(app):
                    seen.append((await client.get("/ready")).status_code)
                    body = {**BODY, "prompt": f"{number}"}
                    seen.append((await client.post(GENERATE, headers=KEY, json=body)).status_code)
                    job = (await client.post(GENERATE, headers=KEY, json={**VIDEO, "seed": number})).json()
                    seen.append(await state_of(client, job["task_id"]))
                seen.append((await client.get("/ready")).status_code)
        return seen

    assert asyncio.run(statuses()) == [200, 200, "completed", 503] * 2


async def state_of(client: httpx.AsyncClient, job: str) -> str:
    """Ask about a job until it has ended."""
    while True:
        answer = await client.get(STATUS, params={"jobId": job, "model": "m"}, headers=KEY)
        state: str = answer.json()["status"]
        if state in ("completed", "failed"):
            return state
        await asyncio.sleep(0.01)


def test_a_page_of_the_origin_may_read_answers_and_others_may_not(app: ASGIApp) -> None:
    server = Server(with_cors(app, [ORIGIN]))
    asked = {"origin": ORIGIN, "access-control-request-method": "POST"}
    asked["access-control-request-headers"] = "authorization,content-type,x-eigen-fault"
    preflight = server.ask("OPTIONS", GENERATE, headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert server.ask("OPTIONS", GENERATE, headers={**asked, "origin": "http://evil.test"}).status_code == 400
    answered = server.ask("POST", GENERATE, headers={**KEY, "origin": ORIGIN}, json=BODY)
    assert answered.headers["access-control-allow-origin"] == ORIGIN
    assert "retry-after" in answered.headers["access-control-expose-headers"]
    other = server.ask("POST", GENERATE, headers={**KEY, "origin": "http://evil.test"}, json=BODY)
    assert "access-control-allow-origin" not in other.headers


def test_without_leave_no_page_may_read_answers(app: ASGIApp) -> None:
    response = Server(app).ask("POST", GENERATE, headers={**KEY, "origin": ORIGIN}, json=BODY)
    assert not any(name.startswith("access-control") for name in response.headers)
    assert Server(app).ask("OPTIONS", GENERATE, headers={"origin": ORIGIN}).status_code == 405


def test_the_access_log_has_a_line_for_each_request_without_content_or_key(app: ASGIApp) -> None:
    lines: list[str] = []
    server = Server(AccessLog(app, lines.append))
    drawn = server.json(**BODY)
    server.ask("GET", STATUS, params={"jobId": "secret", "model": "m", "key": "test-key"})
    first, second = (json.loads(line) for line in lines)
    assert (first["method"], first["path"], first["status"]) == ("POST", GENERATE, 200)
    assert (first["bytes"], first["request_id"]) == (len(drawn.content), drawn.headers["x-request-id"])
    assert (second["path"], second["status"]) == (STATUS, 404)
    assert not any(word in line for line in lines for word in ("secret", "test-key"))


def test_the_command_line_has_both(tmp_path: Path) -> None:
    with serving(tmp_path, "--cors", ORIGIN, "--access-log") as process:
        response = process.post(BODY, f"Origin: {ORIGIN}")
        assert response.headers["access-control-allow-origin"] == ORIGIN
        assert process.stop()[0] == 0
        (line,) = process.log.read_text().splitlines()
    assert json.loads(line)["status"] == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_an_address_beyond_loopback_is_warned_of_in_one_line(tmp_path: Path, host: str) -> None:
    with serving(tmp_path, "--host", host) as process:
        assert process.stop()[0] == 0
        (line,) = process.log.read_text().splitlines()
    assert re.search(rf"warning: other machines can reach {re.escape(host)}", line)


def test_serves_over_ipv6(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "--host", "::1") as process,
        socket.create_connection(("::1", process.port), timeout=60) as connection,
    ):
        connection.sendall(
            f"POST {GENERATE} HTTP/1.1\r\nHost: x\r\n{JSON}\r\nConnection: close\r\n\r\n".encode()
        )
        assert answer(connection).status == 401
        assert process.log.read_text() == ""
