"""Parts of an `allOf` hold together, or contradict each other."""

from typing import Any

import pytest

from generator.errors import GeneratorError
from generator.lowering.all_of import merge_all_of
from tests.lowering.applying import REF_A, REF_B, STRING, apply, apply_to_schema

MERGED: list[tuple[list[Any], Any]] = [
    ([{"maximum": 3}, {"maximum": 2}], {"maximum": 2}),
    ([{"minLength": 3}, {"minLength": 2}], {"minLength": 3}),
    ([{"type": "number"}, {"type": "integer"}], {"type": "integer"}),
    ([{"type": ["string", "null"]}, {"type": "string"}], {"type": "string"}),
    ([{"enum": [1, 2]}, {"enum": [2, 3]}], {"enum": [2]}),
    ([{"required": ["a"]}, {"required": ["b", "a"]}], {"required": ["a", "b"]}),
    (
        [{"additionalProperties": False}, {"additionalProperties": STRING}],
        {"additionalProperties": False},
    ),
    (
        [{"properties": {"a": STRING}}, {"properties": {"a": {"maxLength": 1}, "b": {}}}],
        {"properties": {"a": {"type": "string", "maxLength": 1}, "b": {}}},
    ),
    ([{"properties": {"a": STRING}}, {"properties": {"a": False}}], {"properties": {"a": False}}),
    ([True, STRING], STRING),
    ([{"pattern": "a"}, {"pattern": "b"}], {"pattern": "a", "x-lowered-rules": [{"pattern": "b"}]}),
    (
        [{"format": "uri"}, {"allOf": [{"format": "url"}, {"format": "iri"}]}],
        {"format": "uri", "x-lowered-rules": [{"format": "url"}, {"format": "iri"}]},
    ),
    ([{"items": STRING}, {"items": {"maxLength": 1}}], {"items": {"type": "string", "maxLength": 1}}),
    (
        [{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"anyOf": [{"required": ["c"]}]}],
        {"anyOf": [{"required": ["a", "c"]}, {"required": ["b", "c"]}]},
    ),
    (
        [
            {"properties": {"a": {"properties": {"b": {}}}}},
            {"properties": {"a": {"properties": {"c": {}}}}},
        ],
        {"properties": {"a": {"properties": {"b": {}, "c": {}}}}},
    ),
    (
        [{"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["c"], "d": ["e"]}}],
        {"dependentRequired": {"a": ["b", "c"], "d": ["e"]}},
    ),
    ([{"x-evidence": "page"}, {"x-evidence": "docs"}], {"x-evidence": "docs"}),
]


@pytest.mark.parametrize(("parts", "merged"), MERGED)
def test_parts_of_all_of_hold_together(parts: list[Any], merged: Any) -> None:
    lowered, pointers = apply_to_schema(merge_all_of, {"allOf": parts})
    assert lowered == merged
    assert pointers[0] == "/components/schemas/S"


@pytest.mark.parametrize(
    "parts", [[{"type": "string"}, {"type": "null"}], [{"const": "a"}, {"const": "b"}], [False]]
)
def test_parts_of_all_of_that_contradict_each_other_are_refused(parts: list[Any]) -> None:
    with pytest.raises(GeneratorError) as refused:
        apply_to_schema(merge_all_of, {"allOf": parts})
    assert (refused.value.pointer or "").startswith("/components/schemas/S")
    assert refused.value.hint


def test_components_that_are_only_parts_are_removed_after_merging() -> None:
    schemas = {"S": {"allOf": [REF_A, REF_B]}, "A": {"required": ["a"]}, "B": STRING, "C": {"items": REF_B}}
    lowered, _ = apply(merge_all_of, {"components": {"schemas": schemas}})
    assert lowered["components"]["schemas"] == {
        "S": {"required": ["a"], "type": "string"},
        "B": STRING,
        "C": {"items": REF_B},
    }
