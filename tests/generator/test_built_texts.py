"""A body of type string is the text to send; a str is a path only where the contract says binary."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.generator.wire import Api, Wire

TEXT: dict[str, Any] = {"type": "string"}
TEXTS: dict[str, tuple[str, dict[str, Any]]] = {
    "xml": ("application/xml", TEXT),
    "graphql": ("application/graphql", TEXT),
    "octets": ("application/octet-stream", TEXT),
    "svg": ("image/svg+xml", {"$ref": "#/components/schemas/Text"}),
    "limited": ("application/sql", {"type": "string", "maxLength": 1000}),
    "choice": ("application/yaml", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "plain": ("text/plain", TEXT),
    "csv": ("text/csv", {}),
}
FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "binary": ("application/octet-stream", {"type": "string", "format": "binary"}),
    "typed": ("application/pdf", {"type": "string", "contentMediaType": "application/pdf"}),
    "untyped": ("application/zip", {}),
}


def operation(name: str, media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {media_type: {"schema": schema} if schema else {}}
    return {
        "operationId": name,
        "tags": ["bodies"],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": "Done."}},
    }


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("texts")
    bodies = {**TEXTS, **FILES}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Texts", "version": "1"},
        "servers": [{"url": "https://texts.example.com"}],
        "paths": {f"/{name}": {"post": operation(name, *body)} for name, body in bodies.items()},
        "components": {"schemas": {"Text": TEXT}},
    }
    spec = folder / "texts.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    pipeline.build(spec, folder / "client")
    sys.path.insert(0, str(folder / "client"))
    try:
        yield import_module("texts")
    finally:
        sys.path.remove(str(folder / "client"))


def send(package: Any, name: str, body: object) -> Any:
    api = Api(package, "Texts", Wire())
    api.wire.reply(204)
    api.call(import_module(f"texts.api.bodies.{name}"), body=body)
    return api.wire.sent


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("a secret of this machine", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_names_a_file_is_sent_as_text(package: Any, name: str, secret: Path) -> None:
    sent = send(package, name, str(secret))
    assert sent.content == str(secret).encode()
    assert sent.headers["content-type"] == TEXTS[name][0]


@pytest.mark.parametrize("name", FILES)
def test_a_binary_body_takes_the_path_of_a_file(package: Any, name: str, secret: Path) -> None:
    assert send(package, name, str(secret)).content == secret.read_bytes()


@pytest.mark.parametrize("name", ["xml", "octets"])
def test_an_explicit_file_is_sent_even_where_a_text_is_expected(
    package: Any, name: str, secret: Path
) -> None:
    assert send(package, name, secret).content == secret.read_bytes()
    assert send(package, name, b"<a/>").content == b"<a/>"
