"""The trial of documents of others: valid values, operations, differences, and the numbers of a run."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs.documents.contract import Contract, route_of
from constructs.documents.page import make_table
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
    "Impossible": {"type": "integer", "minimum": 3, "maximum": 2},
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


@pytest.mark.parametrize("name", sorted(SCHEMAS.keys() - {"Impossible"}))
def test_a_sample_is_what_its_schema_admits(contract: Contract, name: str) -> None:
    pointer = f"/components/schemas/{name}"
    assert contract.is_valid(pointer, make_sample(contract, pointer))


def test_a_sample_is_an_example_of_the_document(contract: Contract) -> None:
    assert make_sample(contract, "/components/schemas/Example") == {"id": 42}


def test_no_sample_is_made_of_a_schema_that_admits_nothing(contract: Contract) -> None:
    with pytest.raises(NoSampleError):
        make_sample(contract, "/components/schemas/Impossible")


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
    }
    trials = [
        {**plain, "route": "GET /good"},
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
