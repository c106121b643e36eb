"""A client built from a document with slips, without `x-sdk`: what it sends and reads is what was meant."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.generator.wire import Api, Wire

SPEC = """
openapi: 3.1.0
info: {title: Slips, version: '1'}
servers: [{url: 'http://127.0.0.1:9'}]
x-topics: [{content: {$ref: ./start.md}}]
paths:
  x-more: text
  /names:
    get:
      operationId: names
      title: no field of an operation
      parameters:
        - {name: parse, in: query, schema: {type: boolean}}
        - {name: sync, in: query, schema: {type: string}}
        - {name: asyncio_detailed, in: query, schema: {type: string}}
        - {name: warn_deprecated, in: query, deprecated: true, schema: {type: string}}
        - {name: datetime, in: query, schema: {type: string, format: date}}
      responses: {'204': {}}
  /names#head:
    head: {operationId: look, responses: {'200': {content: {application/json: {schema: {type: object}}}}}}
  /things/{id}:
    post:
      operationId: things
      parameters:
        - {name: Authorization, in: header, required: true, schema: {type: string}}
        - {name: Content-Type, in: header, required: true, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object, required: true}}}}
      responses:
        default:
          content:
            application/json:
              schema:
                oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  /refused:
    post:
      operationId: refused
      requestBody: {$ref: '#/components/requestBodies/Tags'}
      responses: {'204': {}}
components:
  requestBodies:
    Tags:
      content:
        multipart/related:
          schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}
  schemas:
    A: {type: object, additionalProperties: false, properties: {a: {type: integer, default: ''}}}
    B: {type: object, additionalProperties: false, properties: {b: {type: integer, nullable: true}}}
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pipeline.Work]:
    folder = tmp_path_factory.mktemp("slips")
    spec = folder / "slips.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    paths = list(sys.path)
    work = pipeline.build(spec, folder / "client")
    sys.path.insert(0, str(folder / "client"))
    yield work
    sys.path[:] = paths


@pytest.fixture
def api(work: pipeline.Work) -> Api:
    assert work.sdk is not None
    return Api(importlib.import_module(work.sdk.package), work.sdk.client, Wire())


def operation(name: str) -> Any:
    return importlib.import_module(f"slips.api.default.{name}")


def test_one_operation_is_left_out_with_its_reason(work: pipeline.Work) -> None:
    assert [part.pointer for part in work.refused] == ["/paths/~1refused/post"]
    assert "multipart~1related/schema" in str(work.refused[0].fault)
    assert Path(work.out).exists()


def test_a_parameter_may_have_the_name_of_a_helper(api: Api) -> None:
    api.wire.reply(204, b"")
    with pytest.warns(DeprecationWarning, match="warn_deprecated"):
        api.call(operation("names"), parse_=True, sync_="s", asyncio_detailed_="a", warn_deprecated_="w")
    assert api.wire.sent.query == [
        ("parse", "true"),
        ("sync", "s"),
        ("asyncio_detailed", "a"),
        ("warn_deprecated", "w"),
    ]


def test_an_answer_to_head_is_none_and_its_fragment_is_not_sent(api: Api) -> None:
    api.wire.reply(200, b"")
    assert api.call(operation("look")) is None
    assert (api.wire.sent.method, api.wire.sent.target) == ("HEAD", "/names")


@pytest.mark.parametrize("answer", [{"b": 1}, {"b": None}, {"a": 2}, {"b": 1, "c": 3}])
def test_a_default_answer_is_read_by_the_branch_that_fits_best(api: Api, answer: dict[str, Any]) -> None:
    api.wire.reply(200, answer)
    value = api.call(operation("things"), id="x/y", body={})
    assert type(value).__name__ == ("A" if "a" in answer else "B")
    assert value.to_dict() == answer
    assert api.wire.sent.target == "/things/x%2Fy"
    assert api.wire.sent.headers["content-type"] == "application/json"
