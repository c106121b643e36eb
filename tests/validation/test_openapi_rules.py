"""The joined and cached validators find what the validators of OpenAPI find."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema.exceptions import SchemaError
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.validation.lint import lint
from generator.validation.openapi_schemas import dialect_validator

VALID: list[Any] = [
    True,
    {},
    {"type": ["string", "null"], "pattern": "^a+$", "examples": ["a"]},
    {"oneOf": [{"$ref": "#/a"}, False], "discriminator": {"propertyName": "kind", "mapping": {"a": "#/a"}}},
    {"properties": {"a": {"items": {"minItems": 0}}}, "required": ["a"], "dependentRequired": {"a": ["b"]}},
    {"xml": {"name": "a", "x-more": 1}, "externalDocs": {"url": "https://example.com"}, "example": 1},
]
# One fault of each vocabulary, outside and inside.
INVALID: list[Any] = [
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


@pytest.mark.parametrize("schema", VALID, ids=repr)
def test_admits_what_the_dialect_admits(schema: Any) -> None:
    OAS31Validator.check_schema(schema, format_checker=oas31_format_checker)
    assert list(dialect_validator().iter_errors(schema)) == []


@pytest.mark.parametrize("schema", INVALID, ids=repr)
def test_refuses_what_the_dialect_refuses_at_the_same_place(schema: Any) -> None:
    with pytest.raises(SchemaError) as refused:
        OAS31Validator.check_schema(schema, format_checker=oas31_format_checker)
    errors = [(error.message, list(error.absolute_path)) for error in dialect_validator().iter_errors(schema)]
    assert (refused.value.message, list(refused.value.absolute_path)) in errors


def document(**fields: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, **fields}


def operation(**fields: Any) -> dict[str, Any]:
    return {"responses": {"204": {"description": "Done."}}, **fields}


def parameter(name: str, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": True, "schema": {"type": "string"}}


OLD = {"openapi": "3.0.3"}
ID = {"id": parameter("id", "path")}
DOCUMENTS: list[tuple[dict[str, Any], str, str]] = [
    (document(paths={"/a/{id}": {"get": operation()}}), "/paths/~1a~1{id}/get", "the path has `{id}`, but"),
    (
        document(paths={"/a": {"get": operation(parameters=[parameter("id", "path")])}}),
        "/paths/~1a/get/parameters/0",
        "but the path has no `{id}`",
    ),
    (
        document(paths={"/a": {"parameters": [parameter("id", "path")], "get": operation()}}),
        "/paths/~1a/parameters/0",
        "but the path has no `{id}`",
    ),
    (
        document(
            paths={"/a": {"get": operation(parameters=[parameter("b", "query"), parameter("b", "query")])}}
        ),
        "/paths/~1a/get/parameters/1",
        "the query parameter `b` is defined twice",
    ),
    (
        document(
            components={"parameters": ID},
            paths={
                "/a/{id}": {
                    "get": operation(parameters=[{"$ref": "#/components/parameters/id"}, ID["id"]]),
                }
            },
        ),
        "/paths/~1a~1{id}/get/parameters/1",
        "the path parameter `id` is defined twice",
    ),
    (
        document(paths={"/a": {"get": operation(operationId="a"), "put": operation(operationId="a")}}),
        "/paths/~1a/put/operationId",
        "the operationId `a` is already used by #/paths/~1a/get",
    ),
    (document(tags=[{"name": "a"}, {"name": "a"}]), "/tags/1", "the tag `a` is defined twice"),
    (
        document(jsonSchemaDialect="https://example.com/no", components={"schemas": {"A": {}}}),
        "/jsonSchemaDialect",
        "the dialect of OpenAPI 3.1",
    ),
    (document(**OLD, components={"schemas": {"A": {"type": "nil"}}}), "/components/schemas/A", "nil"),
    (document(**OLD, components={"schemas": {"A": {"pattern": "("}}}), "/components/schemas/A", "regex"),
    (document(**OLD, info={}), "/info", "'title' is a required property"),
    (document(paths={"a": {}}), "/paths", "Unevaluated properties"),
]


@pytest.mark.parametrize(("data", "pointer", "message"), DOCUMENTS)
def test_refuses_what_openapi_refuses_with_its_place(
    data: dict[str, Any], pointer: str, message: str
) -> None:
    validator_class = OpenAPIV30SpecValidator if data["openapi"] == "3.0.3" else OpenAPIV31SpecValidator
    assert list(validator_class(data).iter_errors()), "openapi-spec-validator admits it"
    with pytest.raises(GeneratorError) as refused:
        lint(Document(Path("api.yaml"), data, {}))
    assert (refused.value.pointer or "").startswith(pointer)
    assert message in refused.value.problem


@pytest.mark.parametrize(
    "data",
    [
        document(paths={"/a/{id}": {"parameters": [parameter("id", "path")], "get": operation()}}),
        document(
            components={"parameters": ID},
            paths={"/a/{id}": {"get": operation(parameters=[{"$ref": "#/components/parameters/id"}])}},
        ),
        document(
            paths={"/a": {"get": operation(parameters=[parameter("b", "query"), parameter("b", "header")])}}
        ),
        document(**OLD, components={"schemas": {"A": {"type": "string", "nullable": True, "default": None}}}),
    ],
)
def test_admits_what_openapi_admits(data: dict[str, Any]) -> None:
    validator_class = OpenAPIV30SpecValidator if data["openapi"] == "3.0.3" else OpenAPIV31SpecValidator
    assert list(validator_class(data).iter_errors()) == []
    lint(Document(Path("api.yaml"), data, {}))


def test_a_default_of_null_is_no_default() -> None:
    schema = {"properties": {"a": {"type": "string", "default": None}}}
    lint(Document(Path("api.yaml"), document(components={"schemas": {"A": schema}}), {}))


def test_a_default_response_is_checked_like_any_other() -> None:
    content = {"application/json": {"schema": {"properties": {"a": {"type": "text"}}}}}
    data = document(
        paths={"/a": {"get": {"responses": {"default": {"description": "", "content": content}}}}}
    )
    with pytest.raises(GeneratorError, match="'text' is not valid") as refused:
        lint(Document(Path("api.yaml"), data, {}))
    assert refused.value.pointer is not None
    assert refused.value.pointer.endswith("/default/content/application~1json/schema/properties/a/type")


def test_keywords_of_the_other_version_have_their_only_meaning() -> None:
    schema = {"type": ["string", "null"], "const": "a"}
    lint(Document(Path("api.yaml"), document(**OLD, components={"schemas": {"A": schema}}), {}))
