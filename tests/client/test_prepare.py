"""Requests that are made and not sent, and the curl commands that send the same."""

import inspect
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from eigen_generate import AsyncEigenGenerate, EigenGenerate, errors
from eigen_generate._calls.generate import IMAGES_GENERATE
from generator.runtime.client.base_core import BaseCore
from generator.runtime.client.core import Core
from generator.runtime.contract import (
    Body,
    Call,
    Operation,
    Parameter,
    PartEncoding,
    SecurityScheme,
    Settings,
)
from generator.runtime.request import prepared
from tests.client.answering import DRAW, PNG, URL, says

SETTINGS = Settings("acme", "1", (URL,), "ACME_KEY", "ACME_URL")
FORM = Body(
    "multipart/form-data",
    files=frozenset({"file"}),
    encoding={"options": PartEncoding("application/json", (("X-Part", "a;b"),))},
)
NASTY = 'it\'s "two" lines\n@file; $HOME `id` \\ é <x>'


def client() -> EigenGenerate:
    return EigenGenerate(api_key="test-key", base_url=URL)


def test_says_what_would_be_sent_and_sends_nothing() -> None:
    wire = says(PNG, "image/png")
    request = wire.client().prepare.images.generate(**DRAW, seed=7)
    assert (request.method, request.url) == ("POST", URL + "/api/v1/generate")
    assert request.content_type == "application/json"
    body = b'{"model":"eigen-image","prompt":"a cat","seed":7}'
    assert request.size == len(body)
    assert request.payload is not None
    assert b"".join(request.payload.chunks()) == body
    assert request.headers["Authorization"] == "Bearer [redacted]"
    assert request.headers["Content-Length"] == str(len(body))
    assert "test-key" not in repr(request) + repr(request.headers) + request.to_curl()
    assert wire.requests == []


def test_prepares_under_asyncio_as_well() -> None:
    wire = says(PNG, "image/png")
    assert wire.async_client().prepare.images.generate(**DRAW).method == "POST"


async def _coming() -> AsyncIterator[bytes]:
    yield PNG


def test_leaves_what_can_be_read_once_unread() -> None:
    wire = says(PNG, "image/png")
    for sender in (wire.client(), wire.async_client()):
        chunks = iter([PNG, b"rest"])
        for file_input in (chunks, ("a.png", chunks)):
            assert sender.prepare.images.edit(**DRAW, image_file=file_input).size is None
        assert sender.prepare.images.edit(**DRAW, extra={"image_file": chunks}).size is None
        assert list(chunks) == [PNG, b"rest"]
        reader, writer = os.pipe()
        os.write(writer, PNG)
        os.close(writer)
        with open(reader, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor has no path
            assert "-F 'image_file=@" in sender.prepare.images.edit(**DRAW, image_file=file).to_curl()
            assert file.read() == PNG
    assert wire.async_client().prepare.images.edit(**DRAW, image_file=_coming()).size is None


def test_names_what_a_call_would_refuse() -> None:
    with pytest.raises(errors.ArgumentError, match="image_file"):
        client().prepare.images.edit(**DRAW)
    with pytest.raises(TypeError, match="colour"):
        client().prepare.images.generate(**DRAW, colour="red")  # type: ignore[call-arg]


def test_every_method_can_be_prepared_and_streamed() -> None:
    sdk = client()
    for name in ("images", "audio", "videos"):
        methods = {
            method
            for method, _ in inspect.getmembers(getattr(sdk, name), inspect.ismethod)
            if not method.startswith("_") and not method.endswith("wait")
        }
        for mode in (sdk.prepare, sdk.streaming):
            assert methods == {method for method in dir(getattr(mode, name)) if not method.startswith("_")}


def curl(command: str) -> bytes:
    """Run a command as a shell would, with the key in its variable."""
    environment = {**os.environ, "EIGENAI_API_KEY": "test-key", "ACME_KEY": "test-key"}
    done = subprocess.run(
        ["sh", "-c", command + " -sS --fail-with-body"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (done.stderr, done.stdout[:500])
    return done.stdout


def test_the_printed_curl_draws_a_picture(reference: str) -> None:
    with EigenGenerate(api_key="test-key", base_url=reference) as sdk:
        arguments: dict[str, Any] = {**DRAW, "seed": 7, "negative_prompt": NASTY}
        command = sdk.prepare.images.generate(**arguments).to_curl()
        assert curl(command) == sdk.core.send(IMAGES_GENERATE, arguments).content


def test_the_printed_curl_uploads_a_file(reference: str, tmp_path: Path) -> None:
    with EigenGenerate(api_key="test-key", base_url=reference) as sdk:
        path = sdk.images.generate(**DRAW, seed=1).save(tmp_path / 'a "cat", it\'s; é')
        arguments: dict[str, Any] = {
            "model": "qwen-image-edit-2511",
            "prompt": "make it blue",
            "image_file": path,
            "binary_response": True,
        }
        command = sdk.prepare.images.edit(**arguments).to_curl()
        assert str(path).split('"')[0] in command
        assert curl(command) == sdk.images.edit(**arguments).content


def call(scheme: SecurityScheme, body: Body | None, *parameters: Parameter) -> Call[Any]:
    operation = Operation("op", "POST", "/v1", parameters, (scheme,))
    return Call(operation, (body,) if body else ())


@pytest.fixture
def core() -> Iterator[BaseCore]:
    core = Core(SETTINGS, api_key="user:test-key", base_url=URL)
    yield core
    core.close()


@pytest.mark.parametrize(
    ("scheme", "url", "header", "words"),
    [
        (
            SecurityScheme("bearer"),
            URL + "/v1",
            ("Authorization", "Bearer [redacted]"),
            '"Authorization: Bearer $ACME_KEY"',
        ),
        (SecurityScheme("basic"), URL + "/v1", ("Authorization", "Basic [redacted]"), '-u "$ACME_KEY"'),
        (
            SecurityScheme("apiKey", "X-Key"),
            URL + "/v1",
            ("X-Key", "[redacted]"),
            '-H "X-Key: $ACME_KEY"',
        ),
        (
            SecurityScheme("apiKey", "key", "query"),
            URL + "/v1?key=[redacted]",
            None,
            f'"{URL}/v1?key=$ACME_KEY"',
        ),
        (
            SecurityScheme("apiKey", "k", "cookie"),
            URL + "/v1",
            ("Cookie", "k=[redacted]"),
            '-H "Cookie: k=$ACME_KEY"',
        ),
    ],
    ids=lambda value: getattr(value, "location", ""),
)
def test_the_key_is_named_by_its_variable_wherever_it_goes(
    core: BaseCore, scheme: SecurityScheme, url: str, header: tuple[str, str] | None, words: str
) -> None:
    request = core.prepare(call(scheme, None), {})
    assert request.url == url
    assert words in request.to_curl()
    assert (header in request.headers.items()) if header else "test-key" not in repr(request.headers)
    assert "test-key" not in request.to_curl()


def test_a_cookie_parameter_and_a_cookie_key_share_one_header(core: BaseCore) -> None:
    cookie_call = call(SecurityScheme("apiKey", "k", "cookie"), None, Parameter("a", "cookie"))
    request = core.prepare(cookie_call, {}, parameters={"a": 1})
    assert request.headers["Cookie"] == "a=1; k=[redacted]"
    assert '-H "Cookie: a=1; k=$ACME_KEY"' in request.to_curl()


def test_parts_keep_their_type_headers_and_hostile_texts(tmp_path: Path) -> None:
    from tests.runtime.faulty_server import Peer, serve

    def answer(peer: Peer) -> None:
        peer.read()
        peer.answer(200)

    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    values = {"text": NASTY, "file": path, "options": {"a;b": 'c"d,'}}
    with serve(answer, answer) as server:
        core = Core(SETTINGS, api_key="test-key", base_url=server.url)
        form_call = call(SecurityScheme("bearer"), FORM)
        curl(core.prepare(form_call, values).to_curl())
        core.send(form_call, values)
        core.close()
        ours, theirs = (_parts(received.body) for received in server.received)
    assert ours == theirs
    assert len(ours) == 3


def _parts(body: bytes) -> list[tuple[frozenset[bytes], bytes]]:
    """Split a form into the headers and the content of its parts."""
    boundary = body[: body.index(b"\r\n")]
    parts: list[tuple[frozenset[bytes], bytes]] = []
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
        parts.append((frozenset(head.lower().split(b"\r\n")), content))
    return parts


def test_a_file_without_a_path_is_named_for_the_caller_to_put_there(core: BaseCore) -> None:
    form_call = call(SecurityScheme("bearer"), FORM)
    assert (
        '@"upload.png";filename="upload.png";type=image/png'
        in core.prepare(form_call, {"file": PNG}).to_curl()
    )
    octets = call(SecurityScheme("bearer"), Body("application/octet-stream", files=frozenset({"body"})))
    assert "--data-binary @upload.png" in core.prepare(octets, {"body": PNG}).to_curl()


def test_a_prepared_request_knows_no_transport() -> None:
    assert "transport" not in inspect.getsource(prepared)
    assert AsyncEigenGenerate(api_key="test-key", base_url=URL).prepare is not None


def test_a_base_url_runs_nothing_in_the_shell() -> None:
    hostile = "http://127.0.0.1:9/$(id)`id`\\"
    core = Core(SETTINGS, api_key="test-key", base_url=hostile)
    command = core.prepare(call(SecurityScheme("apiKey", "key", "query"), None), {}).to_curl()
    core.close()
    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True
    )
    assert hostile + "/v1?key=" in words.stdout.splitlines()
