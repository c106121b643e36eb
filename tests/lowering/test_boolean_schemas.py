"""Schemas that are `true` or `false` as a whole, and what the tool's own model of OpenAPI cannot read."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main

MEDIA = ("application/json", "application/octet-stream")


def write(
    folder: Path, body: Any = True, answer: Any = True, parameter: Any = True, media: str = MEDIA[0]
) -> Path:
    operation = {
        "operationId": "ask",
        "parameters": [{"name": "q", "in": "query", "schema": parameter}],
        "requestBody": {"content": {media: {"schema": body}}},
        "responses": {"200": {"description": "Yes.", "content": {"application/json": {"schema": answer}}}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Any Thing", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": {"Whatever": True}},
    }
    spec = folder / "api.json"
    spec.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return spec


@pytest.mark.parametrize("media", MEDIA)
def test_true_admits_any_value(media: str, tmp_path: Path) -> None:
    spec = write(tmp_path, media=media)
    assert main(["build", "--spec", str(spec), "--out", str(tmp_path / "client")]) == 0
    assert (tmp_path / "client" / "any_thing" / "py.typed").exists()


def test_false_is_refused_at_its_pointer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--strict", "--spec", str(write(tmp_path, body=False))]) == 2
    at = "#/paths/~1a/post/requestBody/content/application~1json/schema"
    assert f" {at}: `false` admits no value (" in capsys.readouterr().err


def test_what_the_tool_cannot_read_is_named_by_pointer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write(tmp_path, parameter={"type": "string", "nullable": "maybe"})
    assert main(["build", "--strict", "--spec", str(spec), "--out", str(tmp_path / "client")]) == 2
    message = capsys.readouterr().err
    at = "#/paths/~1a/post/parameters/0/schema/nullable"
    assert f"{at}: is not what OpenAPI allows here: input should be " in message
    assert "http" not in message
    assert message.count("\n") == 1
