"""Faults that a caller asks for, the journal, and the paths that steer a server."""

import hashlib
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from eigen_reference.app import create_app
from eigen_reference.control import Control
from eigen_reference.engines.engines import Engines
from eigen_reference.faults import FAULTS
from eigen_reference.requested_faults import WORDS, Chance, RequestedFault, parse
from tests.reference.serving import GENERATE, KEY, RESULT, STATUS, UPLOAD, Server, fault
from tests.reference.sockets import Process, post, serving

BODY = {"model": "eigen-image", "prompt": "a cat", "width": 512, "height": 512}


@pytest.fixture
def control() -> Control:
    return Control()


@pytest.fixture
def steered(control: Control, engines: Engines) -> Server:
    return Server(create_app(engines=engines, control=control))


def ask(server: Server, text: str, **changes: object) -> httpx.Response:
    return server.ask("POST", GENERATE, headers={**KEY, "x-eigen-fault": text}, json={**BODY, **changes})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status=429; retry-after=2", RequestedFault(status=429, retry_after="2")),
        (" Status = 503 ;delay=0.5;", RequestedFault(status=503, delay=0.5)),
        ("reset", RequestedFault(reset=True)),
        ("truncate=0;drip=10", RequestedFault(truncate=0, drip=10)),
        ("flaky=0.3; seed=1; html", RequestedFault(flaky=0.3, seed=1, html=True)),
        ("truncated-png", RequestedFault(kind="truncated-png")),
    ],
)
def test_reads_a_fault(text: str, expected: RequestedFault) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", ";", "status", "status=200", "status=x", "status=1e3", "delay=-1", "delay=nan", "reset=1", "flaky=2",
     "unheard-of", "truncated-png=1", "retry-after=", "drip=0", "seed=-1"],
)  # fmt: skip
def test_refuses_what_is_no_fault_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        parse(text)


def test_help_names_every_word() -> None:
    words = {word.partition("=")[0] for word in WORDS}
    assert words == {name.replace("_", "-") for name in RequestedFault.__annotations__} - {"kind"}


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 413, 415, 422, 429, 500, 502, 503, 504])
def test_answers_the_status_that_is_asked_for(steered: Server, status: int) -> None:
    response = ask(steered, f"status={status}; retry-after=2")
    assert (response.status_code, response.headers["retry-after"]) == (status, "2")
    assert fault(response)["code"] == "requested_fault"
    assert steered.json(**BODY).status_code == 200


def test_answers_html_as_a_proxy_does(steered: Server) -> None:
    response = ask(steered, "html")
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<h1>504</h1>" in ask(steered, "html; status=504").text


@pytest.mark.parametrize("path", [STATUS, RESULT, f"{GENERATE}/upload"])
def test_every_path_of_the_contract_takes_faults(steered: Server, path: str, wav: bytes) -> None:
    headers = {**KEY, "x-eigen-fault": "status=503"}
    if path == UPLOAD:
        files = [("model", (None, "m")), ("voice_reference_file", ("a.wav", wav))]
        response = steered.ask("POST", path, headers=headers, files=files)
    else:
        response = steered.ask("GET", path, headers=headers, params={"jobId": "a", "model": "m"})
    assert response.status_code == 503


@pytest.mark.parametrize("kind", FAULTS)
def test_a_request_may_ask_for_every_kind(steered: Server, kind: str) -> None:
    assert ask(steered, kind).status_code < 600
    assert steered.json(**BODY).status_code == 200


def test_a_kind_shows_in_one_answer_alone(steered: Server) -> None:
    assert ask(steered, "wrong-status").status_code == 202
    assert ask(steered, "wrong-error-shape", width=1).json() == {"wrong": True}
    assert steered.json(**BODY).status_code == 200


def test_what_is_wrong_with_a_request_is_said_first(steered: Server, control: Control) -> None:
    assert ask(steered, "status=503", width=1).status_code == 400
    control.fault("status=503")
    for key in ({}, {"authorization": "Bearer wrong"}):
        assert steered.ask("POST", GENERATE, headers=key, json=BODY).status_code == 401
    assert steered.json(**BODY).status_code == 503


def test_a_fault_that_there_is_not_is_a_400(steered: Server) -> None:
    response = ask(steered, "status=99")
    assert (response.status_code, fault(response)["code"]) == (400, "invalid_fault")


def test_without_leave_the_header_means_nothing(engines: Engines) -> None:
    server = Server(create_app(engines=engines))
    assert ask(server, "status=503").status_code == 200
    assert server.ask("GET", "/_reference/requests").status_code == 404


def test_a_flaky_server_fails_the_same_requests_again() -> None:
    fault = parse("flaky=0.5; seed=7")
    first, second = Chance(), Chance()
    happened = [first.happens(fault) for _ in range(200)]
    assert happened == [second.happens(fault) for _ in range(200)]
    assert 60 < sum(happened) < 140
    assert happened != [second.happens(parse("flaky=0.5; seed=8")) for _ in range(200)]
    assert fault.answer_status == 503


def test_planted_faults_come_in_order_and_so_many_times(steered: Server, control: Control) -> None:
    control.fault("status=429", times=2)
    control.fault("status=503")
    assert [steered.json(**BODY).status_code for _ in range(4)] == [429, 429, 503, 200]
    control.fault("status=500", times=None)
    assert [steered.json(**BODY).status_code for _ in range(3)] == [500] * 3
    control.reset()
    assert steered.json(**BODY).status_code == 200


def test_faults_are_planted_and_taken_back_by_http(steered: Server) -> None:
    def plant(order: object) -> int:
        return steered.ask("POST", "/_reference/faults", json=order).status_code

    assert plant({"fault": "status=402", "times": 1}) == 200
    assert steered.ask("GET", "/_reference/faults").json() == [{"fault": "status=402", "times": 1}]
    assert steered.json(**BODY).status_code == 402
    assert plant({"fault": "status=402", "times": None}) == 200
    assert steered.ask("DELETE", "/_reference/faults").json() == []
    assert steered.json(**BODY).status_code == 200
    wrong_orders: list[object] = [{}, [], {"fault": 1}, {"fault": "no"}]
    for wrong in [*wrong_orders, *({"fault": "reset", "times": times} for times in (0, True))]:
        assert plant(wrong) == 400
    assert plant({"fault": "x" * 100_000}) == 413


@pytest.mark.parametrize("path", ["requests", "faults", "reset"])
def test_steering_asks_for_the_key(steered: Server, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert steered.ask(method, f"/_reference/{path}", headers={}).status_code in (401, 405)


def test_the_journal_says_what_was_asked(steered: Server, control: Control, png: bytes) -> None:
    files = [
        ("model", (None, "eigen-image")),
        ("prompt", (None, "make it blue")),
        ("num_inference_steps", (None, "15")),
        ("image_file", ("in.png", png, "image/png")),
    ]
    assert steered.ask("POST", GENERATE, files=files).status_code == 200
    ask(steered, "status=429", prompt="p" * 10_000)
    steered.json(model="m")
    steered.ask("GET", STATUS, params={"jobId": "a", "model": "m"})
    edit, refused, bad, status = control.requests
    assert (edit.method, edit.path, edit.job, edit.model, edit.status) == (
        "POST", GENERATE, "edit", "eigen-image", 200,
    )  # fmt: skip
    assert edit.fields == {"model": "eigen-image", "prompt": "make it blue", "num_inference_steps": 15}
    (sent,) = edit.files
    assert (sent.field, sent.name, sent.media_type, sent.size) == (
        "image_file",
        "in.png",
        "image/png",
        len(png),
    )
    assert sent.sha256 == hashlib.sha256(png).hexdigest()
    assert (refused.status, refused.fault, refused.job) == (429, "status=429", "generate")
    assert refused.fields["prompt"].endswith("(10000 characters)")
    assert (bad.status, bad.job) == (400, None)
    assert (status.method, status.query, status.status) == ("GET", {"jobId": "a", "model": "m"}, 404)


def test_the_journal_by_http_is_the_same_and_never_holds_the_key(steered: Server, control: Control) -> None:
    steered.json(**BODY)
    steered.ask("POST", GENERATE, headers={"authorization": "Bearer another-key"}, json=BODY)
    listed = steered.ask("GET", "/_reference/requests")
    assert [entry["status"] for entry in listed.json()] == [200, 401]
    assert listed.json()[0]["fields"] == BODY
    assert "-key" not in listed.text
    assert steered.ask("DELETE", "/_reference/requests").json() == [] == control.requests
    steered.json(**BODY)
    assert steered.ask("POST", "/_reference/reset").json() == {}
    assert control.requests == []


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with serving(tmp_path_factory.mktemp("server"), "--allow-faults") as server:
        yield server
        assert server.log.read_text() == ""


def sent(text: str) -> bytes:
    return post(json.dumps(BODY).encode(), "Connection: close", f"X-Eigen-Fault: {text}")


def test_a_reset_is_one_on_the_wire(process: Process) -> None:
    with process.connect() as connection:
        connection.sendall(sent("reset"))
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_truncated_body_ends_before_its_length(process: Process, size: int) -> None:
    answer = process.send(sent(f"truncate={size}"))
    assert (answer.status, len(answer.body)) == (200, size)
    assert int(answer.headers["content-length"]) > size


def test_a_delay_and_a_drip_take_their_time(process: Process) -> None:
    began = time.monotonic()
    assert process.send(sent("delay=0.7; status=503")).status == 503
    assert time.monotonic() - began > 0.7
    began = time.monotonic()
    assert process.send(sent("drip=60; status=503")).body.startswith(b'{"error"')
    assert time.monotonic() - began > 1


def test_a_client_that_leaves_a_drip_leaves_nothing(process: Process) -> None:
    with process.connect() as connection:
        connection.sendall(sent("drip=10"))
        assert connection.recv(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert process.post(BODY).status == 200


@pytest.mark.parametrize("fault", ["delay=0.2; reset", "delay=0.2; truncate=10"])
def test_a_connection_that_the_client_ended_is_not_ended_again(fault: str, process: Process) -> None:
    with process.connect() as connection:
        connection.sendall(sent(fault))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    began = time.monotonic()
    assert process.send(sent("delay=0.7; status=503")).status == 503  # later than the fault before it
    assert time.monotonic() - began > 0.7
    assert process.log.read_text() == ""


def test_faults_are_listed_with_their_words(tmp_path: Path) -> None:
    del tmp_path
    from tests.reference.test_process import run

    listed = run("--fault", "list").stdout
    assert all(word in listed for word in ("truncated-png", "X-Eigen-Fault", "retry-after=TEXT"))
