"""openapi-python-client is asked for the types of a document, and leaves nothing out."""

from pathlib import Path
from typing import Any

import pytest

from generator.loading.document import Document
from generator.lowering import lower
from generator.model.operations import list_operation_specs
from generator.model.sdk import read_sdk
from generator.model.types import ValueType, value_annotation
from generator.rendering.opc_adapter import parse


def parse_bodies(media_types: list[str], schema: dict[str, Any], folder: Path) -> tuple[ValueType, ...]:
    contents = {media_type: {"schema": schema} for media_type in media_types}
    operation = {
        "operationId": "send",
        "requestBody": {"content": contents},
        "responses": {"204": {"description": ""}},
    }
    data: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Bodies", "version": "1"},
        "paths": {"/a/{id}": {"post": operation}},
    }
    document = Document(folder / "api.yaml", lower(data)[0], {}, data)
    parsed = parse(document, list_operation_specs(document), read_sdk(document), folder)
    return parsed.types.operations["send"].bodies


@pytest.mark.parametrize(
    ("media_type", "annotation"),
    [
        ("application/json", "int"),
        ("application/json; charset=utf-8", "int"),
        ("application/vnd.api+json", "int"),
        ("text/json", "int"),
        ("Text/JSON; charset=utf-8", "int"),
    ],
)
def test_a_body_of_json_is_typed_whatever_its_name(tmp_path: Path, media_type: str, annotation: str) -> None:
    [body] = parse_bodies([media_type], {"type": "integer"}, tmp_path)
    assert value_annotation(body) == annotation


def test_several_bodies_of_json_are_all_there(tmp_path: Path) -> None:
    bodies = parse_bodies(["application/json", "text/json"], {"type": "integer"}, tmp_path)
    assert list(map(value_annotation, bodies)) == ["int", "int"]
