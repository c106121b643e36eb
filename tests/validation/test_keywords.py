"""Every keyword of both standards is in exactly one table, and a refused one is reported at its pointer."""

import copy
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from generator.validation.keywords import OBJECTS, SCHEMA, Keywords, find_refused_keywords
from tests.generator.projects import GOLDEN

STANDARD: dict[str, Any] = json.loads(
    files("openapi_spec_validator").joinpath("resources/schemas/v3.1/schema.json").read_text(encoding="utf-8")
)
VOCABULARIES = files("jsonschema_specifications").joinpath("schemas/draft202012/vocabularies")
# What the standard's schema says outside of `properties`, by type of scheme, place of a parameter, or prose.
ELSEWHERE = {
    "path-item": {"$ref"},
    "parameter": {"style", "explode", "allowEmptyValue", "allowReserved", "example", "examples"},
    "media-type": {"example", "examples"},
    "header": {"style", "explode", "example", "examples"},
    "link": {"server"},
    "security-scheme": {"name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"},
}
# The core vocabulary, 2020-12 section 8; the package keeps it apart.
CORE = {
    "$id",
    "$schema",
    "$ref",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
}
# Words of OpenAPI in schemas: 4.8.24 of 3.1, and `nullable` of 3.0.
OPENAPI_WORDS = {"discriminator", "xml", "externalDocs", "example", "nullable"}


def standard_keywords(kind: str) -> set[str]:
    properties = STANDARD["properties"] if kind == "root" else STANDARD["$defs"][kind]["properties"]
    return set(properties) | ELSEWHERE.get(kind, set())


def test_every_object_of_openapi_is_in_the_table() -> None:
    kinds = {kind for kind, definition in STANDARD["$defs"].items() if "properties" in definition}
    assert set(OBJECTS) == (kinds - {"examples"}) | {"root"}


@pytest.mark.parametrize("kind", OBJECTS)
def test_every_keyword_of_an_object_is_in_a_table(kind: str) -> None:
    assert OBJECTS[kind].all == standard_keywords(kind)


def test_every_keyword_of_json_schema_is_in_a_table() -> None:
    vocabularies = [json.loads(path.read_text(encoding="utf-8")) for path in VOCABULARIES.iterdir()]
    words = set[str]().union(*(vocabulary["properties"] for vocabulary in vocabularies)) | CORE
    assert len(vocabularies) > 5
    assert SCHEMA.all == words | OPENAPI_WORDS


@pytest.mark.parametrize("keywords", [SCHEMA, *OBJECTS.values()])
def test_no_keyword_is_in_two_tables(keywords: Keywords) -> None:
    assert not keywords.carried & keywords.annotations
    assert not set(keywords.refused) & (keywords.carried | keywords.annotations)


PLACES = {
    "root": [],
    "path-item": ["paths", "/toys"],
    "operation": ["paths", "/toys", "post"],
    "encoding": [
        "paths",
        "/toys",
        "post",
        "requestBody",
        "content",
        "multipart/form-data",
        "encoding",
        "name",
    ],
    "schema": ["components", "schemas", "Toy", "properties", "wheels"],
}
REFUSED = [
    (kind, keyword)
    for kind, keywords in [*OBJECTS.items(), ("schema", SCHEMA)]
    for keyword in keywords.refused
]


@pytest.mark.parametrize(("kind", "keyword"), REFUSED)
def test_a_refused_keyword_is_reported_at_its_pointer(kind: str, keyword: str) -> None:
    data = copy.deepcopy(yaml.safe_load((GOLDEN / "sdk.yaml").read_text(encoding="utf-8")))
    assert list(find_refused_keywords(data)) == []
    place = data
    for key in PLACES[kind]:
        place = place.setdefault(key, {})
    place[keyword] = "x"
    [error] = find_refused_keywords(data)
    assert error.pointer == "".join(f"/{key.replace('/', '~1')}" for key in [*PLACES[kind], keyword])
    assert f"`{keyword}`" in error.problem
    assert error.hint


UNSEEN = """
openapi: 3.1.0
info: {title: Unseen, version: '1'}
webhooks: {told: {post: {responses: {'204': {description: Heard.}}}}}
paths:
  /a:
    post:
      callbacks: {done: {'{$request.body#/a}': {post: {responses: {'204': {description: Heard.}}}}}}
      responses: {'204': {description: Done., links: {again: {operationId: post_a}}}}
components:
  schemas:
    links: {type: object, properties: {callbacks: {type: string}, links: {type: string}}}
    Rules:
      type: object
      not: {required: [a]}
      if: {required: [b]}
      then: {required: [c]}
      else: {required: [d]}
      unevaluatedProperties: false
"""


def test_explain_lists_what_no_signature_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "unseen.yaml"
    spec.write_text(UNSEEN)
    assert main(["explain", "--spec", str(spec)]) == 0
    lines = capsys.readouterr().out.splitlines()
    reasons = dict(zip(lines[::2], lines[1::2], strict=True))
    received = ("#/webhooks", "#/paths/~1a/post/callbacks")
    rules = tuple(f"#/components/schemas/Rules/{word}" for word in ("not", "if", "then", "else"))
    for pointer, words in (
        *((pointer, "an annotation: the service sends") for pointer in received),
        ("#/paths/~1a/post/responses/204/links", "an annotation: it says which call may come next"),
        *((pointer, "carried: no type can state it") for pointer in rules),
    ):
        assert words in reasons[pointer]
    assert "#/components/schemas/links/properties/links" not in reasons
