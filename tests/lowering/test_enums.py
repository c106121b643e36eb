"""Enums of values that no type can name are built as the types of their values."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.generator.wire import Api, Wire

VALUES: list[Any] = ["x", 1.5, None, True, [1, "a"], {"a": 1}]


def test_lists_and_objects_among_the_values_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"description": "One.", "content": {"application/json": {"schema": {"enum": VALUES}}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Mixed Enum", "version": "1"},
        "servers": [{"url": "https://enum.example.com"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": answer}}}},
    }
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    pipeline.build(tmp_path / "openapi.json", tmp_path / "client")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "client"), *sys.path])
    api = Api(importlib.import_module("mixed_enum"), "MixedEnum", Wire())
    for value in VALUES:
        api.wire.reply(200, value)
        parsed = api.call(importlib.import_module("mixed_enum.api.default.a"))
        assert (parsed.to_dict() if hasattr(parsed, "to_dict") else parsed) == value
