"""A fault, and a lowering, is told at a place of the document as it is written, and on its line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from generator.errors import GeneratorError
from generator.lint import lint
from generator.lowering import lower
from generator.lowering.schemas import schemas
from generator.reading import load
from generator.spec import PLACES, Document, as_object, as_written, resolve, walk
from tests.generator.projects import GOLDEN

ROOT = Path(__file__).parents[2]
SPECS = [
    ROOT / "openapi.yaml",
    *sorted(GOLDEN.glob("*.yaml")),
    *sorted((ROOT / "constructs" / "specs").glob("*.yaml")),
]
ONLY_FOR_THE_TABLE = "x-probe"
HEAD = """openapi: 3.1.0
info: {title: Places, version: '1'}
paths:
"""


def written(spec: Path) -> Document:
    document = load(spec)
    document.data.pop(ONLY_FOR_THE_TABLE, None)
    return document


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_all_that_was_lowered_stands_somewhere(spec: Path) -> None:
    document = written(spec)
    lowered, notes = lower(document.data)
    for note in notes:
        assert note.pointer in document.lines, note
    for pointer, _ in walk({key: value for key, value in lowered.items() if key != PLACES}):
        told = as_written(pointer, lowered, document.data)
        assert resolve(document.data, told) is not None or told in document.lines
        assert told or pointer in ("", "/components", "/components/schemas")
    for name, origin in as_object(lowered.get(PLACES)).items():
        place = as_written(f"/components/schemas/{name}", lowered, document.data)
        assert origin.startswith(place) or origin.rpartition("/")[2] == place.rpartition("/")[2]
        members = as_object(as_object(lowered["components"]["schemas"][name]).get("properties"))
        for member in members:
            below = as_written(f"/components/schemas/{name}/properties/{member}", lowered, document.data)
            assert below.startswith((place, "/components/"))


def judge(document: Document) -> None:
    """The steps that judge what is written."""
    lint(document)
    lower(document.data)


def spoilt(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """A document for each fifth schema of another, in which the schema contradicts itself."""
    for pointer, _ in list(schemas(document.data))[::5]:
        data = yaml.safe_load(yaml.safe_dump(document.data))
        found = resolve(data, pointer)
        if "$ref" not in found:
            found.clear()
            found["allOf"] = [{"pattern": "a"}, {"pattern": "b"}]
            yield pointer, data


@pytest.mark.parametrize("name", ["pets", "places", "sdk", "schemas", "clashes"])
def test_a_contradiction_is_told_where_it_stands(name: str) -> None:
    tried, spec = 0, GOLDEN / f"{name}.yaml"
    for pointer, data in spoilt(written(spec)):
        with pytest.raises(GeneratorError) as caught:
            judge(Document(spec, data, {}))
        told = caught.value.pointer or ""
        assert resolve(data, told) is not None
        if "allOf" in caught.value.what:
            assert told == pointer or "allOf" in resolve(data, pointer)
        tried += 1
    assert tried


LATE = {
    "body": (
        "  /x: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: \n"
        "    {a: {type: object, properties: {b: {type: object, properties: {c: \n"
        "      {allOf: [{pattern: a}, {pattern: b}]}}}}}}}}}}, responses: {'204': {description: A.}}}}\n",
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
        "  {application/json: {schema: {allOf: [{pattern: a}, {pattern: b}]}}}}}}}}}\n",
        "#/components/pathItems/X/get/responses/200/content/application~1json/schema",
        6,
    ),
}


@pytest.mark.parametrize("case", LATE)
def test_the_command_line_tells_the_place_and_its_line(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, pointer, line = LATE[case]
    spec = tmp_path / "api.yaml"
    spec.write_text(HEAD + text, encoding="utf-8")
    assert main(["build", "--spec", str(spec), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    found = re.match(rf"generator: {re.escape(str(spec))}:(\d+) (#\S+):", said)
    assert found, said
    assert (found[2], int(found[1])) == (pointer, line)


def test_a_merged_member_is_told_where_it_was_said() -> None:
    source: dict[str, Any] = {
        "components": {
            "schemas": {
                "A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"x": {}}}]},
                "B": {"allOf": [{"$ref": "#/components/schemas/A"}], "properties": {"y": {"items": {}}}},
            }
        }
    }
    lowered = {PLACES: {"Made": "/components/schemas/A/properties/y"}}
    for pointer, told in {
        "/components/schemas/A/properties/x": "/components/schemas/A/allOf/1/properties/x",
        "/components/schemas/A/properties/y/items": "/components/schemas/B/properties/y/items",
        "/components/schemas/Made/items/type": "/components/schemas/B/properties/y/items",
        "/components/schemas/A/title": "/components/schemas/A",
        "/components/schemas/Nobody/title": "/components/schemas",
    }.items():
        assert as_written(pointer, lowered, source) == told
