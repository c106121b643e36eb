"""Requests that do not keep the contract, and what they are told."""

from typing import Any

import pytest

from tests.reference.serving import GENERATE, KEY, RESULT, STATUS, UPLOAD, Server, fault


@pytest.mark.parametrize(
    ("body", "field", "pointer", "says"),
    [
        ({}, "model", "/model", "required"),
        ({"model": "m"}, "prompt", "/prompt", "required"),
        ({"model": 1, "prompt": "p"}, "model", "/model", "type string"),
        ({"model": "m", "image_url": 1}, "prompt", "/prompt", "required"),
        ({"model": "m", "prompt": None}, "prompt", "/prompt", "type string"),
        ({"model": "m", "prompt": "p", "seed": "7"}, "seed", "/seed", "type number"),
        ({"model": "m", "prompt": "p", "seed": True}, "seed", "/seed", "type number"),
        ({"model": "m", "prompt": "p", "width": 511}, "width", "/width", "at least 512"),
        ({"model": "m", "prompt": "p", "height": 2049}, "height", "/height", "at most 2048"),
        ({"model": "m", "prompt": "p", "width": 600.5}, "width", "/width", "type integer"),
        ({"model": "m", "text": "t", "image_path": "i"}, "image_path", "/image_path", "does not go with"),
        ({"model": "m", "text": "t", "stream": "true"}, "stream", "/stream", "type boolean"),
        (
            {"model": "m", "text": "t", "voice_settings": "{}"},
            "voice_settings",
            "/voice_settings",
            "type object",
        ),
        (
            {"model": "m", "text": "t", "voice_settings": {"speed": "x"}},
            "voice_settings",
            "/voice_settings/speed",
            "voice_settings.speed must be of type number",
        ),
        ({"model": "m", "text": "t", "sampling": 3}, "sampling", "/sampling", "none of the types"),
        ({"model": "m", "prompt": "p", "image_url": 1}, "image_url", "/image_url", "type string"),
        ({"model": "m", "prompt": "p", "infer_steps": 21}, "infer_steps", "/infer_steps", "at most 20"),
        (
            {"model": "m", "prompt": "p", "image_file": "i"},
            "image_file",
            "/image_file",
            "multipart/form-data",
        ),
        ({"model": "m", "file": "f"}, "file", "/file", "multipart/form-data"),
        ({"model": "whisper_v3_turbo", "prompt": "p"}, "model", "/model", "transcribe"),
        ({"model": "eigen-image", "text": "t"}, "model", "/model", "edit and generate"),
        ({"model": "m", "prompt": "p", "image_path": "data:,x"}, "image_path", "/image_path", "base64"),
        (
            {"model": "m", "prompt": "p", "image_path": "data:;base64,eA=="},
            "image_path",
            "/image_path",
            "decoded",
        ),
    ],
)
def test_a_bad_body_is_a_400_that_names_the_member(
    server: Server, body: dict[str, Any], field: str, pointer: str, says: str
) -> None:
    response = server.json(**body)
    error = fault(response)
    assert (response.status_code, error["field"], error["pointer"]) == (400, field, pointer)
    assert says in error["message"]


@pytest.mark.parametrize(
    ("members", "files", "field", "says"),
    [
        ({"prompt": "p", "frame_num": "x"}, [], "frame_num", "type number"),
        ({"prompt": "p", "width": "1e9"}, [], "width", "at most"),
        ({"text": "t", "stream": "yes"}, [], "stream", "type boolean"),
        ({"text": "t"}, ["file"], "text", "does not go with"),
        ({"prompt": "p"}, ["images"] * 10, "images", "at most 9 items"),
        ({"prompt": "p", "frame_num": "5"}, ["image_file"], "frame_num", "does not go with"),
        ({"prompt": "p"}, ["image_file"], "image_file", "decoded"),
        ({"prompt": "p"}, ["image"], "image", "decoded"),
        ({"prompt": "p", "frame_num": "5"}, ["image"], "image", "decoded"),
        ({}, ["file"], "file", "decoded"),
        ({"text": "t"}, ["voice_reference_file"], "voice_reference_file", "decoded"),
        ({"text": "t"}, ["audio_prompt_file"], "audio_prompt_file", "decoded"),
        ({"prompt": "p", "image": "text"}, [], "image", "must be a file"),
    ],
)
def test_a_bad_form_is_a_400_that_names_the_member(
    server: Server, members: dict[str, str], files: list[str], field: str, says: str
) -> None:
    response = server.form(files=[(name, b"no media") for name in files], model="m", **members)
    assert (response.status_code, fault(response).get("field")) == (400, field), response.text
    assert says in fault(response)["message"]


@pytest.mark.parametrize(
    ("authorization"),
    [None, "", "test-key", "Basic test-key", "Bearer", "Bearer ", "Bearer wrong", "Bearer test-key2"],
)
@pytest.mark.parametrize("path", [GENERATE, UPLOAD])
def test_a_wrong_key_is_a_401_with_a_challenge(server: Server, authorization: str | None, path: str) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    response = server.ask("POST", path, headers=headers, json={"model": "m", "prompt": "p"})
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "test-key" not in response.text


def test_the_scheme_is_read_in_any_case(server: Server) -> None:
    response = server.ask("GET", STATUS, headers={"authorization": "bEARER test-key"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "text/plain", "", "application/jsonx"]
)
def test_another_media_type_is_a_415(server: Server, media_type: str) -> None:
    response = server.raw(b"model=m&prompt=p", media_type)
    assert response.status_code == 415
    assert "multipart/form-data" in fault(response)["message"]


def test_json_in_another_charset_is_a_400(server: Server) -> None:
    response = server.raw('{"model":"m","prompt":"p"}'.encode("utf-16"), "application/json; charset=utf-16")
    assert (response.status_code, fault(response)["code"]) == (400, "invalid_charset")


@pytest.mark.parametrize("parameters", ["", "; boundary=", f"; boundary={'b' * 71}"])
def test_a_form_without_a_usable_boundary_is_a_400(server: Server, parameters: str) -> None:
    response = server.raw(b"--b--\r\n", f"multipart/form-data{parameters}")
    assert (response.status_code, fault(response)["code"]) == (400, "invalid_form")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_beyond_the_limit_is_a_413(announced: bool) -> None:
    from eigen_reference.app import create_app

    async def chunks() -> Any:
        for _ in range(5):
            yield b" " * 1000

    small = Server(create_app(most_bytes=4000))
    content: Any = b" " * 5000 if announced else chunks()
    response = small.ask(
        "POST", GENERATE, headers={**KEY, "content-type": "application/json"}, content=content
    )
    assert (response.status_code, fault(response)["code"]) == (413, "body_too_large")


def form_body(*members: tuple[str, bytes]) -> bytes:
    head = b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(head % (name.encode(), value) for name, value in members) + b"--B--\r\n"


@pytest.mark.parametrize(
    ("members", "field", "code"),
    [
        ([("prompt", b"a"), ("prompt", b"b")], "prompt", "duplicate_field"),
        ([("prompt", b"a"), ("seed", b"1"), ("seed", b"1")], "seed", "duplicate_field"),
        ([("prompt", b"a"), ("model", b"n")], "model", "duplicate_field"),
        ([("prompt", b"\xff")], "prompt", "invalid_charset"),
        ([("text", b"\xff")], "text", "invalid_charset"),
    ],
)
def test_a_repeated_or_garbled_member_is_a_400(
    server: Server, members: list[tuple[str, bytes]], field: str, code: str
) -> None:
    response = server.raw(form_body(("model", b"m"), *members), "multipart/form-data; boundary=B")
    error = fault(response)
    assert (response.status_code, error["field"], error["code"]) == (400, field, code)


@pytest.mark.parametrize("value", [b"true", b"\xff"])
def test_a_member_that_only_other_jobs_know_may_be_anything(server: Server, value: bytes) -> None:
    members = [("model", b"m"), ("prompt", b"p"), ("frame_num", b"2"), *[("binary_response", value)] * 2]
    response = server.raw(form_body(*members), "multipart/form-data; boundary=B")
    assert response.status_code == 200, response.text


def test_a_text_that_takes_minutes_is_a_413(server: Server) -> None:
    response = server.json(model="m", text="x" * 5001)
    assert (response.status_code, fault(response)["field"]) == (413, "text")


def test_a_stream_is_refused_before_it_starts(server: Server) -> None:
    response = server.json(model="m", text="x" * 5001, stream=True)
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "allow"), [("GET", GENERATE, "POST"), ("PUT", UPLOAD, "POST"), ("POST", STATUS, "GET")]
)
def test_another_method_is_a_405_that_names_the_right_one(
    server: Server, method: str, path: str, allow: str
) -> None:
    response = server.ask(method, path)
    assert response.status_code == 405
    assert allow in response.headers["allow"]
    assert fault(response)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "path", ["/api/v1", f"{GENERATE}/", f"{GENERATE}/other", "/docs", "/_reference/page/a.js"]
)
def test_another_path_is_a_404(server: Server, path: str) -> None:
    response = server.ask("GET", path)
    assert (response.status_code, fault(response)["code"]) == (404, "unknown_path")


@pytest.mark.parametrize("path", [STATUS, RESULT])
@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?jobId=a", 400), ("?jobId=a&jobId=b&model=m", 400), ("?jobId=a&model=m", 404)],
)
def test_a_job_is_asked_for_by_id_and_model(server: Server, path: str, query: str, status: int) -> None:
    response = server.ask("GET", f"{path}{query}")
    assert response.status_code == status
    assert fault(response)["field"] in ("jobId", "model")


def test_every_answer_says_who_gave_it(server: Server) -> None:
    responses = [
        server.json(model="m", prompt="p"),
        server.json(),
        server.ask("GET", "/"),
        server.ask("GET", STATUS, headers={}),
    ]
    assert all(
        response.headers["x-reference-engine"].startswith("eigen_reference/") for response in responses
    )
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)
