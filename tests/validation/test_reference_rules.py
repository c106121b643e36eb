"""A `$ref` leads to something of the right kind, and not in a cycle."""

import time
from pathlib import Path
from typing import Any

import pytest

from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.validation.lint import lint


def document(**targets: str) -> Document:
    """A document with a reference of each kind; `targets` replaces targets by kind."""
    to = {kind: {"$ref": f"#{targets.get(kind, f'/components/{kind}/A')}"} for kind in KINDS}
    response = {"description": "A.", "headers": {"X-A": to["headers"]}}
    schema = {
        "type": "object",
        "properties": {"parameters": {"items": {"type": "string"}}, "b": to["schemas"]},
    }
    operation = {
        "parameters": [to["parameters"]],
        "requestBody": to["requestBodies"],
        "responses": {"200": to["responses"], "201": response},
    }
    data: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"post": operation}, "/b": to["pathItems"]},
        "components": {
            "schemas": {"A": {"type": "string"}, "B": schema},
            "parameters": {"A": {"name": "a", "in": "query", "schema": {"type": "string"}}},
            "requestBodies": {"A": {"content": {"application/json": {"schema": {"type": "string"}}}}},
            "responses": {"A": {"description": "A."}},
            "headers": {"A": {"schema": {"type": "string"}}},
            "pathItems": {"A": {"get": {"responses": {"204": {"description": "A."}}}}},
        },
    }
    return Document(Path("api.yaml"), data, {})


KINDS = ("schemas", "parameters", "requestBodies", "responses", "headers", "pathItems")


def test_admits_targets_of_the_right_kind() -> None:
    lint(document())
    lint(document(schemas="/components/schemas/B/properties/parameters/items"))
    lint(document(schemas="/components/requestBodies/A/content/application~1json/schema"))
    lint(document(responses="/paths/~1a/post/responses/201", parameters="/components/parameters/A"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "target",
    ["", "/paths", "/components", "/components/schemas", "/paths/~1a/post", "another"],
)
def test_refuses_targets_of_another_kind(kind: str, target: str) -> None:
    if target == "another":
        target = f"/components/{'responses' if kind != 'responses' else 'headers'}/A"
    with pytest.raises(GeneratorError) as refused:
        lint(document(**{kind: target}))
    assert (refused.value.pointer or "").endswith("/$ref")
    assert f"`#{target}` is not one of the `{kind}`" in refused.value.problem


@pytest.mark.parametrize("target", ["/info/title", "/components/schemas/A/type"])
def test_refuses_targets_that_are_not_schemas(target: str) -> None:
    with pytest.raises(GeneratorError, match="is not one of the `schemas`"):
        lint(document(schemas=target))


def chained(length: int, last: dict[str, Any], **word: str) -> Document:
    """Schemas of which each names the next one, twice, by a word that holds references."""
    data = document().data
    for index in range(length):
        to = {"$ref": f"#/components/schemas/C{index + 1}"}
        data["components"]["schemas"][f"C{index}"] = {"allOf": [to, to]} if word else to
    data["components"]["schemas"][f"C{length}"] = last
    return Document(Path("api.yaml"), data, {})


@pytest.mark.parametrize("word", [{}, {"by": "allOf"}])
def test_long_chains_are_followed_once(word: dict[str, str]) -> None:
    before = time.process_time()
    lint(chained(200, {"type": "object"}, **word))
    assert time.process_time() - before < 5


@pytest.mark.parametrize("word", [{}, {"by": "allOf"}])
def test_a_chain_that_leads_back_is_refused(word: dict[str, str]) -> None:
    first = {"$ref": "#/components/schemas/C0"}
    with pytest.raises(GeneratorError, match="leads back to itself"):
        lint(chained(50, {"allOf": [first]} if word else first, **word))


@pytest.mark.parametrize(
    ("schemas", "keyword"),
    [
        (
            {"A": {"oneOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"$ref": "#/components/schemas/A"}},
            "oneOf",
        ),
        (
            {
                "A": {"anyOf": [{"type": "string"}, {"allOf": [{"$ref": "#/components/schemas/B"}]}]},
                "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "integer"}]},
            },
            "anyOf",
        ),
    ],
)
def test_refuses_unions_that_contain_themselves(schemas: dict[str, Any], keyword: str) -> None:
    cyclic_document = document()
    cyclic_document.data["components"]["schemas"] |= schemas
    with pytest.raises(
        GeneratorError, match=rf"#/components/schemas/A/{keyword}: `{keyword}` leads back to itself"
    ):
        lint(cyclic_document)


def test_admits_unions_that_contain_themselves_in_a_list() -> None:
    nested_document = document()
    items = {"type": "array", "items": {"$ref": "#/components/schemas/A"}}
    nested_document.data["components"]["schemas"]["A"] = {"oneOf": [{"type": "string"}, items]}
    lint(nested_document)


def test_a_reference_in_an_extension_or_an_example_is_data() -> None:
    valid = document()
    nowhere = {"$ref": "./docs/start.md"}
    operation = valid.data["paths"]["/a"]["post"]
    operation["x-code-samples"] = [{"source": nowhere}]
    operation["responses"]["201"]["content"] = {
        "text/plain": {"example": nowhere, "examples": {"a": {"value": nowhere}}},
    }
    valid.data["components"]["schemas"]["A"] |= {"default": nowhere, "enum": [nowhere], "x-a": nowhere}
    lint(Document(valid.path, {**valid.data, "x-topics": [{"content": nowhere}]}, {}))


@pytest.mark.parametrize("name", ["x-id", "example_id", "examples", "default"])
def test_a_reference_of_a_property_is_checked_whatever_its_name(name: str) -> None:
    broken = document()
    broken.data["components"]["schemas"]["B"]["properties"][name] = {"$ref": "#/components/schemas/No"}
    with pytest.raises(GeneratorError, match="leads to nothing in this document"):
        lint(broken)


def test_the_target_of_a_reference_into_an_extension_is_checked() -> None:
    broken = document(schemas="/x-shared/a")
    broken.data["x-shared"] = {"a": {"items": {"$ref": "#/x-shared/no"}}}
    with pytest.raises(GeneratorError, match="leads to nothing in this document") as refused:
        lint(broken)
    assert refused.value.pointer == "/x-shared/a/items/$ref"
