"""Each lowering restates what it is for, leaves the rest as it is, and yields the pointers of its changes."""

import copy
import json
from typing import Any

import pytest

from generator.loading.openapi30 import upgrade_openapi30
from generator.lowering import LOWERINGS, Lowering, lower
from generator.lowering.all_of import merge_all_of
from generator.lowering.arrays import add_missing_items
from generator.lowering.boolean_schemas import replace_inner_booleans, replace_outer_booleans
from generator.lowering.class_names import rename_clashing_components
from generator.lowering.content import add_missing_content_schemas, mark_binary_content, wrap_event_schemas
from generator.lowering.defaults import move_defaults, remove_wrong_defaults
from generator.lowering.discriminators import DISCRIMINATORS, pin_discriminators, replace_bases_by_unions
from generator.lowering.enums import replace_enums_by_constants
from generator.lowering.inner_objects import move_inner_objects
from generator.lowering.operation_ids import add_operation_ids
from generator.lowering.pattern_properties import allow_pattern_properties
from generator.lowering.read_only import relax_one_sided_properties
from generator.lowering.references import move_reference_targets
from generator.lowering.required_groups import remove_required_groups
from generator.lowering.security import copy_root_security
from generator.lowering.shared_properties import copy_shared_properties
from generator.lowering.titles import move_titles
from tests.lowering.applying import REF_A, REF_B, STRING, apply, apply_to_schema

SCHEMAS: list[tuple[Lowering, Any, Any, list[str]]] = [
    (replace_outer_booleans, True, {}, [""]),
    (
        replace_inner_booleans,
        {"properties": {"a": True, "b": False}, "anyOf": [True, False], "items": True},
        {"properties": {"a": {}}, "anyOf": [{}], "items": {}},
        ["/properties/a", "/properties/b", "/anyOf", "/items"],
    ),
    (replace_inner_booleans, {"items": False, "contains": False}, {"contains": False}, ["/items"]),
    (
        allow_pattern_properties,
        {"patternProperties": {"^x": STRING}, "additionalProperties": False},
        {"patternProperties": {"^x": STRING}, "additionalProperties": STRING},
        ["/patternProperties"],
    ),
    (
        allow_pattern_properties,
        {"patternProperties": {"^x": STRING}, "additionalProperties": {}},
        {"patternProperties": {"^x": STRING}, "additionalProperties": True},
        ["/patternProperties"],
    ),
    (
        allow_pattern_properties,
        {"unevaluatedProperties": False},
        {"unevaluatedProperties": False, "additionalProperties": False},
        ["/unevaluatedProperties"],
    ),
    (
        remove_required_groups,
        {"properties": {}, "anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]},
        {"properties": {}, "x-lowered-groups": [{"kind": "anyOf", "choices": [["a"], ["b", "c"]]}]},
        ["/anyOf"],
    ),
    (
        relax_one_sided_properties,
        {
            "properties": {"r": {"readOnly": True}, "w": {"writeOnly": True}, "b": STRING},
            "required": ["r", "w", "b"],
        },
        {
            "properties": {"r": {"readOnly": True}, "w": {"writeOnly": True}, "b": STRING},
            "required": ["b"],
            "x-lowered-required": ["w"],
        },
        ["/required"],
    ),
    (add_missing_items, {"type": ["array", "null"]}, {"type": ["array", "null"], "items": {}}, [""]),
    (
        mark_binary_content,
        {"contentMediaType": "image/png"},
        {"contentMediaType": "image/png", "type": "string", "format": "binary"},
        [""],
    ),
    (
        replace_enums_by_constants,
        {"enum": ["a", "b"], "type": "string"},
        {"enum": ["a", "b"], "type": "string"},
        [],
    ),
    (
        replace_enums_by_constants,
        {"enum": [1, True, 1.5, None], "type": ["number", "boolean", "null"]},
        {
            "oneOf": [{"const": 1}, {"const": True}, {"type": "number"}, {"type": "null"}],
            "x-lowered-type": ["number", "boolean", "null"],
        },
        ["/enum"],
    ),
    (replace_enums_by_constants, {"const": 1.5}, {"type": "number"}, ["/const"]),
    (remove_wrong_defaults, {"type": "integer", "default": ""}, {"type": "integer"}, ["/default"]),
    (remove_wrong_defaults, {"enum": ["a"], "default": "b"}, {"enum": ["a"]}, ["/default"]),
    (remove_wrong_defaults, {"type": "integer", "default": 1}, {"type": "integer", "default": 1}, []),
    (move_defaults, {"default": 1}, {"x-lowered-default": 1}, ["/default"]),
    (move_titles, {"title": "T"}, {"x-lowered-title": "T"}, ["/title"]),
]
UNCHANGED: list[tuple[Lowering, Any]] = [
    (replace_inner_booleans, {"additionalProperties": False}),
    (allow_pattern_properties, {"unevaluatedProperties": False, "anyOf": [{}]}),
    (remove_required_groups, {"properties": {}, "anyOf": [{"required": ["a"], "type": "object"}]}),
    (relax_one_sided_properties, {"properties": {"a": STRING}, "required": ["a", "undescribed"]}),
    (add_missing_items, {"type": "array", "prefixItems": [STRING]}),
    (mark_binary_content, {"contentMediaType": "image/png", "contentEncoding": "base64"}),
    (mark_binary_content, {"contentMediaType": "text/csv"}),
    (merge_all_of, {"$ref": "#/components/schemas/S", "description": "An annotation."}),
    (copy_shared_properties, {"properties": {"a": STRING}, "oneOf": [{"type": "string"}, {"oneOf": []}]}),
    (upgrade_openapi30, {"nullable": True, "type": "string"}),
]


@pytest.mark.parametrize(("lowering", "schema", "expected", "places"), SCHEMAS)
def test_a_lowering_restates_a_schema(
    lowering: Lowering, schema: Any, expected: Any, places: list[str]
) -> None:
    lowered, pointers = apply_to_schema(lowering, schema)
    assert lowered == expected
    assert pointers == [f"/components/schemas/S{place}" for place in places]


@pytest.mark.parametrize(("lowering", "schema"), UNCHANGED)
def test_a_lowering_leaves_other_schemas_as_they_are(lowering: Lowering, schema: Any) -> None:
    assert apply_to_schema(lowering, schema) == (schema, [])


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"enum": ["a"], "nullable": True}, {"enum": ["a", None]}),
        ({"oneOf": [REF_A], "nullable": True}, {"oneOf": [REF_A, {"type": "null"}]}),
        ({"allOf": [REF_A], "nullable": True}, {"anyOf": [{"allOf": [REF_A]}, {"type": "null"}]}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"example": 1}, {"examples": [1]}),
    ],
)
def test_openapi_30_is_restated_as_31(schema: Any, expected: Any) -> None:
    document = {"openapi": "3.0.3", "components": {"schemas": {"S": schema}}}
    lowered, pointers = apply(upgrade_openapi30, document)
    assert lowered["components"]["schemas"]["S"] == expected
    assert pointers == ["/components/schemas/S"]


def test_shared_properties_are_copied_to_each_branch() -> None:
    schema = {"type": "object", "properties": {"a": STRING}, "oneOf": [{"properties": {"b": STRING}}, REF_A]}
    schemas = {"S": schema, "A": {"properties": {"a": STRING, "c": STRING}}}
    lowered, pointers = apply(copy_shared_properties, {"components": {"schemas": schemas}})
    assert lowered["components"]["schemas"]["S"] == {
        "oneOf": [{"type": "object", "properties": {"a": STRING, "b": STRING}}, REF_A]
    }
    assert pointers == ["/components/schemas/S/oneOf"]


def test_a_discriminator_becomes_a_constant_in_each_branch() -> None:
    kind = {"properties": {"kind": STRING}}
    discriminator = {"propertyName": "kind", "mapping": {"x": "A", "y": REF_A["$ref"]}}
    schemas = {
        "S": {"oneOf": [REF_A, REF_B], "discriminator": discriminator},
        "A": kind,
        "B": copy.deepcopy(kind),
    }
    lowered, pointers = apply(pin_discriminators, {"components": {"schemas": schemas}})
    assert lowered["components"]["schemas"] == {
        "S": {"oneOf": [REF_A, REF_B]},
        "A": {"properties": {"kind": {"type": "string", "enum": ["x", "y"]}}},
        "B": {"properties": {"kind": {"type": "string", "enum": ["B"]}}},
    }
    assert pointers == ["/components/schemas/S/discriminator"]


KIND = {"properties": {"kind": STRING}}
PINNED_A = {"properties": {"kind": {"type": "string", "enum": ["a"]}}}
UNION = {
    "oneOf": [REF_A, REF_B],
    "discriminator": {"propertyName": "kind", "mapping": {"a": REF_A["$ref"], "b": REF_B["$ref"]}},
}
TABLE = {"property": "kind", "mapping": {"a": [REF_A], "b": [REF_B]}}


def components(schemas: dict[str, Any]) -> dict[str, Any]:
    """Return a document with the schemas, which share no objects, as in a file."""
    document: dict[str, Any] = json.loads(json.dumps({"components": {"schemas": schemas}}))
    return document


def test_a_schema_that_is_used_alone_keeps_its_type_and_a_table_names_it() -> None:
    schemas = {"S": UNION, "A": KIND, "B": KIND, "Other": {"items": REF_B}}
    lowered, _ = apply(pin_discriminators, components(schemas))
    assert lowered["components"]["schemas"]["A"] == PINNED_A
    assert lowered["components"]["schemas"]["B"] == KIND
    assert lowered[DISCRIMINATORS] == [TABLE]


def test_unions_with_other_values_for_one_schema_share_no_constant() -> None:
    other = {**UNION, "discriminator": {"propertyName": "kind", "mapping": {"x": "A", "b": "B"}}}
    lowered, _ = apply(pin_discriminators, components({"S": UNION, "T": other, "A": KIND, "B": KIND}))
    assert lowered["components"]["schemas"]["A"] == KIND
    assert lowered["components"]["schemas"]["B"]["properties"]["kind"]["enum"] == ["b"]
    assert lowered[DISCRIMINATORS] == [TABLE, {**TABLE, "mapping": {"x": [REF_A], "b": [REF_B]}}]


def test_a_shared_enumeration_is_narrowed_to_the_value_of_each_branch() -> None:
    shared = {"properties": {"kind": {"enum": ["a", "b"]}}}
    lowered, _ = apply(pin_discriminators, components({"S": UNION, "A": shared, "B": shared}))
    kinds = [lowered["components"]["schemas"][name]["properties"]["kind"] for name in "AB"]
    assert kinds == [{"enum": ["a"]}, {"enum": ["b"]}]
    assert DISCRIMINATORS not in lowered


def test_a_constant_that_a_mapping_contradicts_stays() -> None:
    constants = {name: {"properties": {"kind": {"const": f"other {name}"}}} for name in "AB"}
    lowered, _ = apply(pin_discriminators, components({"S": UNION, **constants}))
    assert {name: lowered["components"]["schemas"][name] for name in "AB"} == constants


def test_an_inner_union_on_the_same_property_says_what_its_branches_are() -> None:
    inner, ref_c = {"$ref": "#/components/schemas/S"}, {"$ref": "#/components/schemas/C"}
    mapping = {"a": "S", "b": "S", "c": "C"}
    outer = {"oneOf": [inner, ref_c], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    schemas = {"T": outer, "S": UNION, "A": KIND, "B": KIND, "C": KIND}
    lowered, _ = apply(pin_discriminators, components(schemas))
    enums = [lowered["components"]["schemas"][name]["properties"]["kind"]["enum"] for name in "ABC"]
    assert enums == [["a"], ["b"], ["c"]]


def test_a_base_with_a_discriminator_is_the_union_of_what_extends_it() -> None:
    ref_base = {"$ref": "#/components/schemas/Base"}
    discriminator = {"propertyName": "kind", "mapping": {"a": "A"}}
    schemas = {
        "Base": {**KIND, "discriminator": discriminator},
        "A": {"allOf": [ref_base, {"required": ["a"]}]},
        "B": {"allOf": [REF_A]},
        "S": {"items": ref_base},
    }
    lowered, pointers = apply(replace_bases_by_unions, components(schemas))
    assert lowered["components"]["schemas"] == {
        **schemas,
        "Base": KIND,
        "S": {
            "items": {
                "oneOf": [REF_A, REF_B, {**ref_base, "x-lowered-base": True}],
                "discriminator": discriminator,
            }
        },
    }
    assert pointers == ["/components/schemas/Base/discriminator"]


def test_targets_of_references_become_components() -> None:
    inner = {"$ref": "#/components/schemas/A/properties/inner"}
    schemas = {"A": {"properties": {"inner": STRING}}, "S": {"items": inner}, "Inner": {}}
    document: dict[str, Any] = {
        "components": {"schemas": schemas, "pathItems": {"P": {"get": {}}}},
        "paths": {"/p": {"$ref": "#/components/pathItems/P"}},
    }
    lowered, pointers = apply(move_reference_targets, document)
    made = {"$ref": "#/components/schemas/AInner"}
    assert lowered["components"]["schemas"] == {
        "A": {"properties": {"inner": made}},
        "S": {"items": made},
        "Inner": {},
        "AInner": STRING,
    }
    assert lowered["paths"] == {"/p": {"get": {}}}
    assert pointers == ["/paths/~1p/$ref", "/components/schemas/S/items/$ref"]


def test_operations_without_an_id_get_one_that_is_free() -> None:
    paths = {"/a/{id}": {"get": {}, "put": {"operationId": "get_a_id"}}}
    lowered, pointers = apply(add_operation_ids, {"paths": paths})
    assert lowered["paths"]["/a/{id}"]["get"] == {"operationId": "get_a_id_2"}
    assert pointers == ["/paths/~1a~1{id}/get/operationId"]


def test_operations_without_security_get_that_of_the_root() -> None:
    document: dict[str, Any] = {
        "security": [{"key": []}],
        "paths": {"/a": {"get": {}, "put": {"security": []}}},
    }
    lowered, pointers = apply(copy_root_security, document)
    assert lowered["paths"]["/a"] == {"get": {"security": [{"key": []}]}, "put": {"security": []}}
    assert pointers == ["/paths/~1a/get"]


@pytest.mark.parametrize(
    ("lowering", "media_type", "content", "expected"),
    [
        (add_missing_content_schemas, "application/json", {}, {"schema": {}}),
        (add_missing_content_schemas, "image/png", {}, {"schema": {"type": "string", "format": "binary"}}),
        (
            wrap_event_schemas,
            "text/event-stream",
            {"schema": {"type": "object"}},
            {"schema": {"type": "array", "items": {"type": "object"}}},
        ),
        (wrap_event_schemas, "text/event-stream", {"schema": STRING}, {"schema": STRING}),
        (
            wrap_event_schemas,
            "text/event-stream",
            {"schema": {"type": ["string", "object"], "properties": {"data": STRING}}},
            {"schema": STRING},
        ),
        (
            wrap_event_schemas,
            "text/event-stream",
            {"schema": {"contentMediaType": "text/event-stream", "properties": {"data": STRING}}},
            {"schema": STRING},
        ),
        (
            wrap_event_schemas,
            "text/event-stream",
            {"schema": {"type": ["null", "object"], "properties": {"data": STRING}}},
            {
                "schema": {
                    "type": "array",
                    "items": {"type": ["null", "object"], "properties": {"data": STRING}},
                }
            },
        ),
        (wrap_event_schemas, "application/json", {"schema": {}}, {"schema": {}}),
    ],
)
def test_content_is_described(lowering: Lowering, media_type: str, content: Any, expected: Any) -> None:
    response = {"content": {media_type: content}}
    lowered, pointers = apply(lowering, {"components": {"responses": {"R": response}}})
    assert lowered["components"]["responses"]["R"]["content"] == {media_type: expected}
    assert bool(pointers) == (content != expected)


def test_components_with_the_same_class_are_renamed() -> None:
    schemas = {
        "a_b": {"type": "object"},
        "a b": {"type": "object"},
        "S": {"items": {"$ref": "#/components/schemas/a b"}},
    }
    lowered, pointers = apply(rename_clashing_components, {"components": {"schemas": schemas}})
    assert lowered["components"]["schemas"] == {
        "a_b": {"type": "object"},
        "a b2": {"type": "object"},
        "S": {"items": {"$ref": "#/components/schemas/a b2"}},
    }
    assert pointers == ["/components/schemas/a b"]


def test_inner_objects_become_components() -> None:
    inner = {"type": ["object", "null"], "properties": {"b": STRING}}
    lowered, pointers = apply(
        move_inner_objects, {"components": {"schemas": {"S": {"properties": {"a": inner}}}}}
    )
    assert lowered["components"]["schemas"] == {
        "S": {"properties": {"a": {"anyOf": [{"$ref": "#/components/schemas/SAType0"}, {"type": "null"}]}}},
        "SAType0": {"type": "object", "properties": {"b": STRING}},
    }
    assert pointers == ["/components/schemas/S/properties/a/anyOf/0"]


@pytest.mark.parametrize("lowering", LOWERINGS)
def test_every_lowering_gives_its_reason_in_a_sentence(lowering: Lowering) -> None:
    assert (lowering.__doc__ or "").splitlines()[0].endswith(".")


def test_the_source_is_not_changed() -> None:
    source: dict[str, Any] = {
        "openapi": "3.1.0",
        "paths": {},
        "components": {"schemas": {"S": {"allOf": [STRING, {"default": "a"}], "title": "T"}}},
    }
    before = copy.deepcopy(source)
    lowered, _ = lower(source)
    assert source == before
    assert lowered["components"]["schemas"]["S"] == {
        "type": "string",
        "x-lowered-default": "a",
        "x-lowered-title": "T",
    }
