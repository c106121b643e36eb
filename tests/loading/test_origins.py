"""Faults and lowerings are reported at a place of the document as it is written, and with its line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.loading.json_data import object_or_empty, resolve, walk_objects
from generator.loading.origins import COMPONENT_ORIGINS, original_pointer
from generator.loading.reading import load_document
from generator.loading.schemas import walk_schemas
from generator.lowering import lower
from generator.validation.lint import lint
from tests.generator.projects import GOLDEN

ROOT = Path(__file__).parents[2]
SPECS = [
    ROOT / "openapi.yaml",
    *sorted(GOLDEN.glob("*.yaml")),
    *sorted((ROOT / "constructs" / "specs").glob("*.yaml")),
]
PROBE = "x-probe"
HEAD = """openapi: 3.1.0
info: {title: Places, version: '1'}
paths:
"""


def load_spec(spec: Path) -> Document:
    document = load_document(spec)
    document.data.pop(PROBE, None)
    return document


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_every_lowered_value_has_an_origin(spec: Path) -> None:
    document = load_spec(spec)
    lowered, notes = lower(document.data)
    for note in notes:
        assert note.pointer in document.lines, note
    for pointer, _ in walk_objects(
        {key: value for key, value in lowered.items() if key != COMPONENT_ORIGINS}
    ):
        written_pointer = original_pointer(pointer, lowered, document.data)
        assert resolve(document.data, written_pointer) is not None or written_pointer in document.lines
        assert written_pointer or pointer in ("", "/components", "/components/schemas")
    for name, origin in object_or_empty(lowered.get(COMPONENT_ORIGINS)).items():
        place = original_pointer(f"/components/schemas/{name}", lowered, document.data)
        assert origin.startswith(place) or origin.rpartition("/")[2] == place.rpartition("/")[2]
        properties = object_or_empty(
            object_or_empty(lowered["components"]["schemas"][name]).get("properties")
        )
        for name_of_property in properties:
            below = original_pointer(
                f"/components/schemas/{name}/properties/{name_of_property}", lowered, document.data
            )
            assert below.startswith((place, "/components/"))


def judge(document: Document) -> None:
    """Run the steps that judge a document as written."""
    lint(document)
    lower(document.data)


def contradictory_documents(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """A document for each fifth schema of another, in which the schema contradicts itself."""
    for pointer, _ in list(walk_schemas(document.data))[::5]:
        data = yaml.safe_load(yaml.safe_dump(document.data))
        schema = resolve(data, pointer)
        if "$ref" not in schema:
            schema.clear()
            schema["allOf"] = [{"const": "a"}, {"const": "b"}]
            yield pointer, data


@pytest.mark.parametrize("name", ["pets", "places", "sdk", "schemas", "clashes"])
def test_a_contradiction_is_reported_where_it_stands(name: str) -> None:
    tried, spec = 0, GOLDEN / f"{name}.yaml"
    for pointer, data in contradictory_documents(load_spec(spec)):
        with pytest.raises(GeneratorError) as caught:
            judge(Document(spec, data, {}))
        reported_pointer = caught.value.pointer or ""
        assert resolve(data, reported_pointer) is not None
        if "allOf" in caught.value.problem:
            assert reported_pointer == pointer or "allOf" in resolve(data, pointer)
        tried += 1
    assert tried


LATE = {
    "body": (
        "  /x: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: \n"
        "    {a: {type: object, properties: {b: {type: object, properties: {c: \n"
        "      {allOf: [{const: a}, {const: b}]}}}}}}}}}}, responses: {'204': {description: A.}}}}\n",
        "#/paths/~1x/post/requestBody/content/multipart~1form-data/schema/properties/a/properties/b/properties/c",
        5,
    ),
    "answer": (
        "  /x: {get: {responses: {'200': {description: A., content: {application/json: {schema: \n"
        "    {type: object, properties: {list: {items: \n"
        "      {type: object, properties: {a: {type: [object, 'null'], properties: {b: \n"
        "        {allOf: [false]}}}}}}}}}}}}}}\n",
        "#/paths/~1x/get/responses/200/content/application~1json/schema/properties/list/items/properties/a"
        "/properties/b/allOf/0",
        7,
    ),
    "tool": (
        "  /x: {post: {responses: {'204': {description: A.}}, requestBody: {content: {multipart/form-data:\n"
        "    {schema: {type: string}}}}}}\n",
        "#/paths/~1x/post/requestBody/content/multipart~1form-data/schema",
        5,
    ),
    "path item": (
        "  /x: {$ref: '#/components/pathItems/X'}\n"
        "components: {pathItems: {X: {get: {responses: {'200': {description: A., content: \n"
        "  {application/json: {schema: {allOf: [{const: a}, {const: b}]}}}}}}}}}\n",
        "#/components/pathItems/X/get/responses/200/content/application~1json/schema",
        6,
    ),
}


@pytest.mark.parametrize("case", LATE)
def test_the_command_line_reports_the_place_and_its_line(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, pointer, line = LATE[case]
    spec = tmp_path / "api.yaml"
    spec.write_text(HEAD + text, encoding="utf-8")
    assert main(["build", "--strict", "--spec", str(spec), "--out", str(tmp_path / "out")]) == 2
    message = capsys.readouterr().err
    match = re.match(rf"generator: {re.escape(str(spec))}:(\d+) (#\S+):", message)
    assert match, message
    assert (match[2], int(match[1])) == (pointer, line)


def test_a_merged_property_has_the_origin_of_its_part() -> None:
    source: dict[str, Any] = {
        "components": {
            "schemas": {
                "A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"x": {}}}]},
                "B": {"allOf": [{"$ref": "#/components/schemas/A"}], "properties": {"y": {"items": {}}}},
            }
        }
    }
    lowered = {COMPONENT_ORIGINS: {"Made": "/components/schemas/A/properties/y"}}
    for pointer, written_pointer in {
        "/components/schemas/A/properties/x": "/components/schemas/A/allOf/1/properties/x",
        "/components/schemas/A/properties/y/items": "/components/schemas/B/properties/y/items",
        "/components/schemas/Made/items/type": "/components/schemas/B/properties/y/items",
        "/components/schemas/A/title": "/components/schemas/A",
        "/components/schemas/Missing/title": "/components/schemas",
    }.items():
        assert original_pointer(pointer, lowered, source) == written_pointer
