"""The trial of documents of others: valid values, operations, differences, and the numbers of a run."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from constructs import values
from constructs.documents import run
from constructs.documents.contract import Contract, route_of
from constructs.documents.fetching import Source
from constructs.documents.files import mark_files
from constructs.documents.page import make_table, render
from constructs.documents.restating import replace_one_of, restate_document
from constructs.documents.run import Outcome, Result, count_trials
from constructs.documents.samples import NoSampleError, make_sample
from constructs.documents.trial import find_difference

SCHEMAS: dict[str, Any] = {
    "Text": {"type": "string", "minLength": 6, "maxLength": 8},
    "Pattern": {"type": "string", "pattern": "^[A-F]{3}-[0-9]+$"},
    "Number": {"type": "integer", "minimum": 7, "multipleOf": 5},
    "Exclusive": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
    "Nullable": {"type": "string", "nullable": True, "enum": ["a", None]},
    "Example": {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer", "example": 42}},
    },
    "WrongExample": {"type": "integer", "example": "none"},
    "Whole": {
        "allOf": [{"$ref": "#/components/schemas/Example"}, {"required": ["b"], "properties": {"b": {}}}]
    },
    "Union": {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"meow": "#/components/schemas/Cat"}},
    },
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["meow"]}}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["Dog"]}}},
    "Tree": {
        "type": "object",
        "properties": {"kids": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    },
    "Narrowed": {
        "allOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
            {"properties": {"kind": {"enum": ["narrow"]}}},
        ]
    },
    "Map": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "boolean"}},
    "List": {
        "allOf": [
            {"type": "array", "items": {"type": "object"}},
            {"items": {"required": ["id"], "properties": {"id": {"type": "string"}}}},
        ]
    },
    "ShortPattern": {"type": "string", "pattern": "^[a-z0-9]+$", "maxLength": 10},
    "LaterBranch": {
        "oneOf": [
            *({"type": "object", "required": ["a"], "properties": {"a": {"not": {}}}} for _ in range(4)),
            {"type": "array", "minItems": 1, "items": {"type": "integer"}},
        ]
    },
    "Impossible": {"type": "integer", "minimum": 3, "maximum": 2},
    "OneWay": {
        "type": "object",
        "required": ["id", "password"],
        "properties": {
            "id": {"$ref": "#/components/schemas/Id"},
            "password": {"type": "string", "writeOnly": True},
        },
    },
    "Id": {"type": "integer", "readOnly": True},
    "Alike": {
        "oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"b": {"type": "string"}}},
        ]
    },
    "Form": {
        "allOf": [
            {"properties": {"name": {"type": "string"}, "file": {"$ref": "#/components/schemas/Raw"}}},
            {"properties": {"files": {"anyOf": [{"type": "array", "items": {"format": "binary"}}]}}},
        ]
    },
    "Raw": {"type": "string", "format": "binary"},
}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    path = tmp_path / "api.json"
    operation = {
        "parameters": [
            {"name": "accept", "in": "header", "schema": {"type": "string"}},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
        ],
        "requestBody": {"content": {"application/json": {"schema": {}, "examples": {"a": {"value": [1]}}}}},
        "responses": {"200": {"$ref": "#/components/responses/Done"}},
    }
    answer = {"description": "", "content": {"application/json": {"example": {"a": 1}}}}
    data = {
        "openapi": "3.0.3",
        "paths": {"/a/{id}": {"post": operation}},
        "components": {"schemas": SCHEMAS, "responses": {"Done": answer}},
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return Contract(path)


@pytest.mark.parametrize("name", sorted(SCHEMAS.keys() - {"Impossible", "Alike"}))
def test_a_sample_is_what_its_schema_admits(contract: Contract, name: str) -> None:
    pointer = f"/components/schemas/{name}"
    assert contract.is_valid(pointer, make_sample(contract, pointer))


def test_a_sample_is_an_example_of_the_document(contract: Contract) -> None:
    assert make_sample(contract, "/components/schemas/Example") == {"id": 42}


def test_no_sample_is_made_of_a_schema_that_admits_nothing(contract: Contract) -> None:
    with pytest.raises(NoSampleError):
        make_sample(contract, "/components/schemas/Impossible")


def test_a_request_and_an_answer_have_what_is_theirs(contract: Contract) -> None:
    pointer = "/components/schemas/OneWay"
    assert make_sample(contract, pointer) == {"password": "text"}
    assert make_sample(contract, pointer, is_answer=True) == {"id": 1}


def test_a_union_of_equal_branches_is_read_as_any_of(contract: Contract) -> None:
    pointer = "/components/schemas/Alike"
    sample = make_sample(contract, pointer)
    assert not contract.is_valid(pointer, sample)
    assert contract.is_valid(pointer, sample, takes_any_of=True)


def test_a_property_of_raw_bytes_is_a_file_wherever_its_schema_is(contract: Contract) -> None:
    schema = contract.schema_at("/components/schemas/Form")
    marked = mark_files(contract, schema, {"name": "a", "file": "b", "files": ["c"]})
    file = {values.FILE: "text"}
    assert marked == {"name": "a", "file": file, "files": [file]}


def test_the_judge_reads_parameters_as_the_standard_does() -> None:
    nullable = {"anyOf": [{"$ref": "#/components/schemas/Names"}, {"type": "null"}]}
    parameters: list[dict[str, Any]] = [
        {"name": "Accept", "in": "header", "schema": {"const": "x"}},
        {"name": "accept", "in": "query", "schema": {"type": "string"}},
        {"name": "names", "in": "query", "schema": nullable},
    ]
    form: dict[str, Any] = {
        "schema": {"properties": {"number": {"type": "integer"}, "name": {"type": "string"}}}
    }
    operation: dict[str, Any] = {
        "parameters": parameters,
        "requestBody": {"content": {"multipart/form-data": form}},
    }
    names = {"type": "array", "items": {"type": "string"}}
    document = {"paths": {"/a": {"post": operation}}, "components": {"schemas": {"Names": names}}}
    restate_document(document)
    assert [parameter["name"] for parameter in operation["parameters"]] == ["accept", "names"]
    assert operation["parameters"][1]["schema"] == names
    assert form["encoding"] == {"number": {"contentType": "application/json"}}


def test_the_judge_lets_a_value_fit_several_branches() -> None:
    schema: dict[str, Any] = {"oneOf": [{"items": {"oneOf": [{}, {}]}}]}
    replace_one_of(schema)
    assert schema == {"anyOf": [{"items": {"anyOf": [{}, {}]}}]}


def test_operations_are_read_with_their_examples(contract: Contract) -> None:
    [operation] = contract.list_operations()
    assert operation.route == route_of("post", "/a/{other}") == "POST /a/{}"
    assert [parameter.name for parameter in operation.parameters] == ["q"]
    assert operation.bodies[0].examples == [[1]]
    assert operation.answers["200"][0].examples == [{"a": 1}]
    assert operation.answers["200"][0].schema_pointer == ""


@pytest.mark.parametrize(
    ("expected", "found", "difference"),
    [
        ({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}, ""),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, "/a/1/b: 2 became 3"),
        ({"a": 1}, {}, '/a: 1 became "nothing"'),
        ({}, {"a": None}, '/a: "nothing" became null'),
        ([1], [1, 2], ": [1] became [1, 2]"),
    ],
)
def test_the_first_difference_is_named(expected: Any, found: Any, difference: str) -> None:
    assert find_difference(expected, found) == difference


def test_an_operation_counts_as_carried_if_nothing_is_wrong(tmp_path: Path) -> None:
    plain: dict[str, Any] = {
        "is_built": True,
        "problem": "",
        "loose": [],
        "request_examples": 1,
        "response_examples": 0,
        "wrong": [],
        "takes_any_of": False,
    }
    trials = [
        {**plain, "route": "GET /good", "takes_any_of": True},
        {**plain, "route": "GET /loose", "loose": ["body"]},
        {**plain, "route": "GET /wrong", "wrong": ["/a: 1 became 2"]},
        {**plain, "route": "GET /refused"},
        {**plain, "route": "GET /unjudged"},
        {**plain, "route": "GET /raised", "problem": "TypeError: no"},
        {**plain, "route": "GET /missing", "is_built": False},
    ]
    path = tmp_path / "trials.jsonl"
    path.write_text("".join(f"{json.dumps(trial)}\n" for trial in trials), encoding="utf-8")
    verdicts = {"GET /good": "", "GET /loose": "", "GET /wrong": "", "GET /refused": "no", "GET /raised": ""}
    outcome = count_trials(path, {**verdicts, "GET /unjudged": None}, [])
    assert (outcome.built, outcome.typed, outcome.accepted, outcome.unjudged) == (6, 5, 3, 1)
    assert outcome.any_of == 1
    assert (outcome.carried, outcome.examples, outcome.equal_examples) == (1, 6, 5)
    assert [fault.partition(":")[0] for fault in outcome.faults] == [
        "GET /loose",
        "GET /wrong",
        "GET /refused",
        "GET /unjudged",
        "GET /raised",
    ]


def test_the_table_ends_with_sums() -> None:
    ours = Outcome(built=3, typed=3, accepted=3, carried=3, examples=2, equal_examples=2)
    results = [
        Result("a", "3.1.0", 1, 3, ours, Outcome()),
        Result("b", "3.0.0", 1, 1, Outcome(), Outcome(built=1)),
    ]
    table = make_table(results)
    assert "| **2 documents** |  |  | **4** | **3** | **3** | **3** | **3** | **2 of 2** | **1** |" in table
    assert "Carried: 75.00 % of the operations by ours, 0.00 % by openapi-python-client." in table


def test_the_page_names_the_documents_that_were_not_run() -> None:
    results = [Result("a", "3.1.0", 1, 1, Outcome(built=1, carried=1), Outcome())]
    page = render(results, [Source("npm", "b@1.0.0", "api.json")])
    assert "## Not run" in page
    assert "- b@1.0.0 api.json" in page
    assert "## Not run" not in render(results, [])


def test_no_document_is_begun_after_the_deadline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sources = [Source("npm", "a", "a.json"), Source("npm", "b", "b.json")]
    tried: list[str] = []

    def record(source: Source, _judge: Path) -> Result:
        tried.append(source.package)
        return Result(source.name, "3.1.0", 1, 1, Outcome(), Outcome())

    def write(source: Source) -> Path:
        (tmp_path / source.path).touch()
        return tmp_path / source.path

    monkeypatch.setattr(run, "_RESULTS", tmp_path / "results")
    monkeypatch.setattr(run, "fetch_judge", lambda: tmp_path)
    monkeypatch.setattr(run, "list_sources", lambda: sources)
    monkeypatch.setattr(run, "fetch", write)
    monkeypatch.setattr(run, "_try_document", record)
    assert run.try_all(-math.inf) == ([], sources)
    assert tried == []
    results, untried = run.try_all(math.inf)
    assert ([result.name for result in results], untried) == (["a a.json", "b b.json"], [])
    assert run.try_all(-math.inf) == (results, [])
    assert tried == ["a", "b"]
