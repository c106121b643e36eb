"""A union that gains branches accepts more, wherever they stand; one that loses branches accepts less."""

from typing import Any

import pytest

from generator.diffing.unions import UnionComparer
from tests.diffing.schema_pairs import kinds_of_received_value, kinds_of_sent_value

TEXT = {"type": "string"}
SHORT = {"type": "string", "maxLength": 5}
NUMBERS = {"type": "array", "items": {"type": "integer"}}
TEXTS = {"type": "array", "items": {"type": "string"}}
NULL = {"type": "null"}
CAT = {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}}
DOG = {"type": "object", "required": ["bark"], "properties": {"bark": {"type": "string"}}}
PETS = {"Cat": CAT, "Dog": DOG}
CAT_REFERENCE = {"$ref": "#/components/schemas/Cat"}
DOG_REFERENCE = {"$ref": "#/components/schemas/Dog"}

# A narrower schema, a wider one, and components that both refer to. Only branches are added.
WIDENED: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "in front, beside null": ({"anyOf": [NUMBERS, NULL]}, {"anyOf": [TEXT, NUMBERS, NULL]}, {}),
    "behind, beside null": ({"anyOf": [NUMBERS, NULL]}, {"anyOf": [NUMBERS, NULL, TEXT]}, {}),
    "to a plain list": (NUMBERS, {"oneOf": [TEXT, NUMBERS]}, {}),
    "to a nullable list": (
        {"type": ["array", "null"], "items": {}},
        {"anyOf": [TEXT, NULL, {"type": "array", "items": {}}]},
        {},
    ),
    "to a restricted text": (SHORT, {"anyOf": [NUMBERS, SHORT]}, {}),
    "to an object": (CAT, {"oneOf": [NUMBERS, CAT]}, {}),
    "to a component": (CAT_REFERENCE, {"oneOf": [DOG_REFERENCE, CAT_REFERENCE]}, PETS),
    "to a nullable component": (
        {"nullable": True, "allOf": [CAT_REFERENCE]},
        {"nullable": True, "anyOf": [DOG_REFERENCE, CAT_REFERENCE]},
        PETS,
    ),
    "to a component or null": (
        {"anyOf": [CAT_REFERENCE, NULL]},
        {"anyOf": [NULL, DOG_REFERENCE, CAT_REFERENCE]},
        PETS,
    ),
    "to several types": (
        {"type": ["string", "integer"]},
        {"anyOf": [NUMBERS, {"type": "string"}, {"type": "integer"}]},
        {},
    ),
    "to a union of a union": (
        {"anyOf": [{"oneOf": [CAT_REFERENCE, TEXT]}, NUMBERS]},
        {"anyOf": [TEXT, NUMBERS, DOG_REFERENCE, CAT_REFERENCE]},
        PETS,
    ),
    "to lists of other items": (
        {"anyOf": [NUMBERS, CAT_REFERENCE]},
        {"anyOf": [TEXTS, NUMBERS, CAT_REFERENCE]},
        PETS,
    ),
    "to an open enum": ({"anyOf": [{"enum": ["a"]}, TEXT]}, {"anyOf": [NUMBERS, TEXT, {"enum": ["a"]}]}, {}),
    "with a discriminator": (
        {
            "oneOf": [CAT_REFERENCE, NUMBERS],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
        },
        {
            "oneOf": [DOG_REFERENCE, CAT_REFERENCE, NUMBERS],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"dog": "#/components/schemas/Dog", "cat": "#/components/schemas/Cat"},
            },
        },
        PETS,
    ),
}


@pytest.mark.parametrize(("narrow", "wide", "components"), WIDENED.values(), ids=WIDENED.keys())
def test_a_branch_more_is_one_change(narrow: Any, wide: Any, components: dict[str, Any]) -> None:
    assert kinds_of_sent_value(narrow, wide, **components) == {"request-variant-added": "additive"}
    assert kinds_of_sent_value(wide, narrow, **components) == {"request-variant-removed": "breaking"}
    assert kinds_of_received_value(narrow, wide, **components) == {"response-variant-added": "breaking"}
    assert kinds_of_received_value(wide, narrow, **components) == {"response-variant-removed": "additive"}


# Two notations of the same values.
SAME: dict[str, tuple[Any, Any]] = {
    "another order": ({"anyOf": [TEXT, NUMBERS, NULL]}, {"anyOf": [NULL, NUMBERS, TEXT]}),
    "null in a branch": ({"anyOf": [{**NUMBERS, "nullable": True}, CAT]}, {"anyOf": [NUMBERS, CAT, NULL]}),
    "types": ({"type": ["string", "integer"]}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    "constants": ({"enum": ["a", "b"]}, {"oneOf": [{"const": "a"}, {"const": "b", "title": "B"}]}),
    "a union in a union": ({"anyOf": [TEXT, {"anyOf": [NUMBERS, CAT]}]}, {"anyOf": [TEXT, NUMBERS, CAT]}),
    "keywords of other types": ({"type": "string"}, {"type": "string", "maximum": 3, "items": {}}),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME.keys())
def test_another_notation_of_a_union_breaks_nothing(old: Any, new: Any) -> None:
    for kinds in (kinds_of_sent_value(old, new), kinds_of_received_value(new, old)):
        assert set(kinds.values()) <= {"documentation"}, kinds


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ({"anyOf": [TEXT, NUMBERS, NULL]}, {"anyOf": [TEXT, NUMBERS]}, {"request-no-longer-nullable"}),
        ({"anyOf": [TEXT, NUMBERS]}, {"anyOf": [NULL, TEXT, NUMBERS]}, {"request-became-nullable"}),
        (NUMBERS, {"anyOf": [TEXT, NUMBERS, NULL]}, {"request-became-nullable", "request-variant-added"}),
        (
            {"anyOf": [NUMBERS, NULL]},
            {"anyOf": [TEXT, NUMBERS]},
            {"request-no-longer-nullable", "request-variant-added"},
        ),
    ],
)
def test_null_is_compared_with_the_whole_union(old: Any, new: Any, kinds: set[str]) -> None:
    assert kinds_of_sent_value(old, new).keys() == kinds


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (TEXT, {"anyOf": [NUMBERS, SHORT]}, {"request-variant-added", "request-constraint-tightened"}),
        ({}, {"anyOf": [NUMBERS, TEXT]}, {"request-type-narrowed"}),
        ({"anyOf": [NUMBERS, CAT]}, {}, {"request-type-widened"}),
        (
            {"oneOf": [{"const": "a"}, {"const": "b"}]},
            {"oneOf": [{"const": "b"}, {"const": "c"}]},
            {"request-value-added", "request-value-removed"},
        ),
        (
            {"anyOf": [{"type": "integer"}, NUMBERS]},
            {"anyOf": [NUMBERS, {"type": "number"}]},
            {"request-type-widened"},
        ),
        (
            {"type": "object", "properties": {"lives": {"type": "integer"}}},
            {"type": "object", "properties": {"lives": {"type": "integer"}}, "oneOf": [CAT, DOG]},
            {"request-property-became-required", "request-variant-added"},
        ),
    ],
)
def test_what_differs_in_a_branch_is_found(old: Any, new: Any, kinds: set[str]) -> None:
    assert kinds_of_sent_value(old, new).keys() == kinds


DISCRIMINATED = {
    "oneOf": [CAT_REFERENCE, DOG_REFERENCE],
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    },
}


@pytest.mark.parametrize(
    ("mapping", "is_changed"),
    [
        ({"cat": "#/components/schemas/Cat", "dog": "Dog"}, False),
        ({"cat": "#/components/schemas/Dog", "dog": "#/components/schemas/Cat"}, True),
        ({"feline": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}, True),
        ({"cat": "#/components/schemas/Cat"}, True),  # the dog is now selected by `Dog`
    ],
)
def test_a_mapping_that_selects_otherwise_is_found(mapping: dict[str, str], is_changed: bool) -> None:
    remapped = {**DISCRIMINATED, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    kinds = kinds_of_sent_value(DISCRIMINATED, remapped, **PETS)
    assert (kinds.get("request-discriminator-changed") == "breaking") == is_changed


def test_a_schema_that_leads_to_itself_ends() -> None:
    branches = {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
    tree, alias = {"anyOf": [branches, NULL]}, {"anyOf": [{"$ref": "#/components/schemas/Alias"}, NULL]}
    components = {"Tree": tree, "Alias": alias}
    grown = {"anyOf": [TEXT, branches, NULL]}
    assert kinds_of_sent_value(tree, grown, **components) == {"request-variant-added": "additive"}
    assert kinds_of_sent_value(alias, {"anyOf": [TEXT, alias]}, **components) != {}


@pytest.mark.parametrize("value", ["urn:b:c", "a b", "[", "int", "'", '"', "\\", "None", "x: y"])
@pytest.mark.parametrize("outer", ["{}", "list[{}]", "dict[str, {}]"])
def test_the_text_of_a_literal_is_a_value_and_no_type(value: str, outer: str) -> None:
    literal = outer.format(f"Literal[{value!r}]")
    comparer = UnionComparer()
    assert comparer.relation(frozenset({"list[float]"}), frozenset({literal})) == "changed"
    assert comparer.relation(frozenset({literal}), frozenset({outer.format("int")})) == "changed"
    assert comparer.relation(frozenset({literal}), frozenset({literal, "bytes"})) == "widened"
    assert comparer.relation(frozenset({literal}), frozenset({outer.format("str")})) == "widened"
