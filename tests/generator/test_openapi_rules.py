"""Rules that are asked once must say what openapi-schema-validator says when it asks them one by one."""

from typing import Any

import pytest
from jsonschema.exceptions import SchemaError
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from generator.openapi_rules import document_rules, schema_rules

RIGHT: list[Any] = [
    True,
    {},
    {"type": ["string", "null"], "pattern": "^a+$", "examples": ["a"]},
    {"oneOf": [{"$ref": "#/a"}, False], "discriminator": {"propertyName": "kind", "mapping": {"a": "#/a"}}},
    {"properties": {"a": {"items": {"minItems": 0}}}, "required": ["a"], "dependentRequired": {"a": ["b"]}},
    {"xml": {"name": "a", "x-more": 1}, "externalDocs": {"url": "https://example.com"}, "example": 1},
]
# One fault of each vocabulary, on the surface and below it.
WRONG: list[Any] = [
    1,
    {"type": "text"},
    {"$ref": 1},
    {"$defs": {"a": 1}},
    {"$anchor": "1"},
    {"allOf": []},
    {"oneOf": [{"anyOf": [{"type": 1}]}]},
    {"properties": {"a": {"maxLength": -1}}},
    {"patternProperties": {"(": {}}},
    {"pattern": "("},
    {"items": {"minimum": "1"}},
    {"required": ["a", "a"]},
    {"dependentRequired": {"a": "b"}},
    {"unevaluatedProperties": 1},
    {"title": 1},
    {"format": 1},
    {"contentMediaType": 1},
    {"contentSchema": {"not": 1}},
    {"discriminator": {}},
    {"xml": {"more": 1}},
    {"externalDocs": {"description": "Where?"}},
    {"dependencies": {"a": 1}},
]


@pytest.mark.parametrize("schema", RIGHT, ids=repr)
def test_takes_what_the_dialect_takes(schema: Any) -> None:
    OAS31Validator.check_schema(schema, format_checker=oas31_format_checker)
    assert list(schema_rules().iter_errors(schema)) == []


@pytest.mark.parametrize("schema", WRONG, ids=repr)
def test_refuses_what_the_dialect_refuses_at_the_same_place(schema: Any) -> None:
    with pytest.raises(SchemaError) as refused:
        OAS31Validator.check_schema(schema, format_checker=oas31_format_checker)
    found = [(error.message, list(error.absolute_path)) for error in schema_rules().iter_errors(schema)]
    assert (refused.value.message, list(refused.value.absolute_path)) in found


def document(**more: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, **more}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(paths={"/a/{id}": {"get": {"responses": {}}}}), "Path parameter 'id'"),
        (document(components={"schemas": {"A": {"type": "integer", "default": "a"}}}), "is not of type"),
        (document(jsonSchemaDialect="https://example.com/no"), "Unknown JSON Schema dialect"),
        (
            document(openapi="3.0.3", components={"schemas": {"A": {"type": "integer", "default": "a"}}}),
            "is not of",
        ),
        (document(openapi="3.0.3", components={"schemas": {"A": {"type": "null"}}}), "null"),
        (document(openapi="3.0.3", info={}), "'title' is a required property"),
        (document(paths={"a": {}}), "Unevaluated properties"),
    ],
)
def test_refuses_what_openapi_refuses(data: dict[str, Any], said: str) -> None:
    if "jsonSchemaDialect" in data:
        data["components"] = {"schemas": {"A": {}}}
    assert any(said in error.message for error in document_rules(data).iter_errors())
