"""Slips that change nothing on the wire are repaired, and each of them is a note; nothing else is touched."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.loading.document import Document
from generator.normalization import normalize


def document(**fields: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, **fields}


def operation(**fields: Any) -> dict[str, Any]:
    return {"responses": {"204": {"description": ""}}, **fields}


def parameter(name: str, location: str = "path", **fields: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "required": True, "schema": {"type": "string"}, **fields}


def get(path: str = "/a", **fields: Any) -> dict[str, Any]:
    return document(paths={path: {"get": operation(**fields)}})


def schemas(**named: Any) -> dict[str, Any]:
    return document(components={"schemas": named})


def response(**fields: Any) -> dict[str, Any]:
    return document(paths={"/a": {"get": {"responses": {"200": fields}}}})


def mapping(**targets: str) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "t", "mapping": targets}}


HEADER: dict[str, Any] = {"x-null": {"schema": {}}, "description": {"schema": {}}}
# By name: a document with a slip, the document without it, and the pointer of its note.
SLIPS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "empty field": (get(description=None), get(), "/paths/~1a/get/description"),
    "empty list": (get(parameters=None), get(), "/paths/~1a/get/parameters"),
    "empty keyword": (schemas(A={"items": None}), schemas(A={}), "/components/schemas/A/items"),
    "unknown field of an operation": (get(title="A"), get(), "/paths/~1a/get/title"),
    "unknown field of the root": (document(basePath="/"), document(), "/basePath"),
    "unknown field of a media type": (
        response(description="", content={"text/plain": {"example2": 1}}),
        response(description="", content={"text/plain": {}}),
        "/paths/~1a/get/responses/200/content/text~1plain/example2",
    ),
    "key of a content that is no media type": (
        response(description="", content={"text/plain": {}, "examples": {}}),
        response(description="", content={"text/plain": {}}),
        "/paths/~1a/get/responses/200/content/examples",
    ),
    "field beside a reference": (
        document(
            paths={"/a": {"get": operation(parameters=[{"$ref": "#/components/parameters/p", "in": 1}])}}
        ),
        document(paths={"/a": {"get": operation(parameters=[{"$ref": "#/components/parameters/p"}])}}),
        "/paths/~1a/get/parameters/0/in",
    ),
    "default dialect": (
        document(jsonSchemaDialect="https://spec.openapis.org/oas/3.1/dialect/base"),
        document(),
        "/jsonSchemaDialect",
    ),
    "no description": (response(), response(description=""), "/paths/~1a/get/responses/200"),
    "examples by name": (schemas(A={"examples": {"a": 1}}), schemas(A={}), "/components/schemas/A/examples"),
    "default of null": (schemas(A={"default": None}), schemas(A={}), "/components/schemas/A/default"),
    "repeated values": (
        schemas(A={"enum": ["a", "b", "a", 1, True]}),
        schemas(A={"enum": ["a", "b", 1, True]}),
        "/components/schemas/A/enum",
    ),
    "required twice": (
        schemas(A={"required": ["a", "a"]}),
        schemas(A={"required": ["a"]}),
        "/components/schemas/A/required",
    ),
    "no alternatives": (schemas(A={"oneOf": []}), schemas(A={}), "/components/schemas/A/oneOf"),
    "value of a discriminator for no branch": (
        schemas(A={}, B={"oneOf": [{"$ref": "#/components/schemas/A"}], **mapping(a="A", b="B")}),
        schemas(A={}, B={"oneOf": [{"$ref": "#/components/schemas/A"}], **mapping(a="A")}),
        "/components/schemas/B/discriminator/mapping/b",
    ),
    "required of a property": (
        schemas(A={"properties": {"a": {"required": True}}}),
        schemas(A={"properties": {"a": {}}}),
        "/components/schemas/A/properties/a/required",
    ),
    "recursive anchor": (
        schemas(A={"$recursiveAnchor": True}),
        schemas(A={}),
        "/components/schemas/A/$recursiveAnchor",
    ),
    "recursive reference": (
        schemas(A={"items": {"$recursiveRef": "#"}}),
        schemas(A={"items": {"$ref": "#/components/schemas/A"}}),
        "/components/schemas/A/items/$recursiveRef",
    ),
    "nullable": (
        schemas(A={"type": "string", "nullable": True}),
        schemas(A={"type": ["string", "null"]}),
        "/components/schemas/A",
    ),
    "exclusive limit": (
        schemas(A={"minimum": 0, "exclusiveMinimum": True}),
        schemas(A={"exclusiveMinimum": 0}),
        "/components/schemas/A",
    ),
    "parameter twice": (
        get(parameters=[parameter("q", "query"), parameter("q", "query")]),
        get(parameters=[parameter("q", "query")]),
        "/paths/~1a/get/parameters/1",
    ),
    "reserved header": (
        get(parameters=[parameter("content-Type", "header"), parameter("X-A", "header")]),
        get(parameters=[parameter("X-A", "header")]),
        "/paths/~1a/get/parameters/0",
    ),
    "surplus parameter": (
        get("/a/{b}", parameters=[parameter("b"), parameter("c")]),
        get("/a/{b}", parameters=[parameter("b")]),
        "/paths/~1a~1{b}/get/parameters/1",
    ),
    "undeclared parameter": (
        get("/a/{b}"),
        get("/a/{b}", parameters=[parameter("b")]),
        "/paths/~1a~1{b}/get",
    ),
}
RIGHT: dict[str, dict[str, Any]] = {
    "null as data": schemas(A={"const": None, "enum": [None], "examples": [None]}),
    "null in an example": response(description="", content={"a/b": {"example": None}}),
    "null in an extension": document(paths={"/a": {"get": operation(**{"x-more": None})}}),
    "headers that look like fields": response(description="", headers=HEADER),
    "properties that look like keywords": schemas(A={"properties": {"required": {"type": "boolean"}}}),
    "keywords of a schema that nobody knows": schemas(A={"more": 1}),
    "numbers that differ by type": schemas(A={"enum": [1, True, "1"]}),
    "two parameters of one name": get(parameters=[parameter("q", "query"), parameter("q", "header")]),
    "a parameter of the path item": document(
        paths={"/a/{b}": {"parameters": [parameter("b")], "get": operation()}}
    ),
    "a response by reference": document(paths={"/a": {"get": {"responses": {"200": {"$ref": "#/x-r"}}}}}),
    "an extension beside the paths": document(paths={"x-more": "text"}),
}


def normalized(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    result, notes = normalize(Document(Path("api.json"), data, {}))
    return result.data, [note.pointer for note in notes]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_repaired_and_noted(name: str) -> None:
    data, repaired, pointer = SLIPS[name]
    before = json.dumps(data)
    assert normalized(data) == (repaired, [pointer])
    assert json.dumps(data) == before


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_no_slip_stays(name: str) -> None:
    assert normalized(RIGHT[name]) == (RIGHT[name], [])


def test_repeated_operation_ids_are_told_apart_by_tag_or_path() -> None:
    paths = {
        "/a": {"get": operation(operationId="list", tags=["A"])},
        "/b": {"get": operation(operationId="list", tags=["B"])},
        "/c": {"get": operation(operationId="list", tags=["B"]), "put": operation(operationId="list")},
    }
    data, pointers = normalized(document(paths=paths))
    # GET comes first, as in the standard's list of methods.
    ids = [data["paths"][path][method].get("operationId") for path, method in (("/a", "get"), ("/b", "get"))]
    assert ids == ["list", "B_list"]
    assert "operationId" not in data["paths"]["/c"]["get"]
    assert "operationId" not in data["paths"]["/c"]["put"]
    assert pointers == [f"/paths/~1{path}/operationId" for path in ("b/get", "c/get", "c/put")]


def test_slips_are_counted_explained_and_refused_when_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, out = tmp_path / "api.json", tmp_path / "client"
    spec.write_text(json.dumps(get("/a/{b}", title="A"), indent=1))
    assert main(["build", "--spec", str(spec), "--out", str(out)]) == 0
    assert capsys.readouterr().err == (
        "generator: 2 slips repaired; `explain` lists them, --strict refuses them\n"
    )
    assert main(["explain", "--spec", str(spec)]) == 0
    assert "#/paths/~1a~1{b}/get/title\n    remove_unknown_fields: A field" in capsys.readouterr().out
    assert main(["build", "--strict", "--spec", str(spec), "--out", str(tmp_path / "strict")]) == 2
    message = capsys.readouterr().err
    assert "#/paths/~1a~1{b}/get/title: A field that OpenAPI does not know" in message
    assert message.count("\n") == 1
    assert not (tmp_path / "strict").exists()
