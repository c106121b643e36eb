"""Faults that mean nothing to a client are removed for validators, in a copy."""

import copy
from typing import Any

import pytest

from generator.loading.normalization import normalize


def document(schema: dict[str, Any], version: str = "3.1.0") -> dict[str, Any]:
    return {"openapi": version, "components": {"schemas": {"A": schema}}}


@pytest.mark.parametrize(
    ("schema", "version", "normalized"),
    [
        ({"examples": {"a": 1}, "type": "string"}, "3.1.0", {"type": "string"}),
        ({"examples": [1]}, "3.1.0", {"examples": [1]}),
        ({"default": None}, "3.1.0", {}),
        ({"default": 0}, "3.1.0", {"default": 0}),
        ({"enum": ["a", "b", "a", 1, True]}, "3.1.0", {"enum": ["a", "b", 1, True]}),
        ({"type": "null"}, "3.0.3", {}),
        ({"type": "null"}, "3.1.0", {"type": "null"}),
    ],
)
def test_removes_only_what_means_nothing(
    schema: dict[str, Any], version: str, normalized: dict[str, Any]
) -> None:
    data = document(schema, version)
    before = copy.deepcopy(data)
    assert normalize(data) == document(normalized, version)
    assert data == before
