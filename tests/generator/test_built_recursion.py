"""Schemas that contain themselves: clients are built from them, and what comes is what goes."""

from typing import Any

import pytest

from tests.generator.small_documents import SmallDocuments

SCHEMAS = {
    "Json": "{anyOf: [{type: string}, {type: number}, {type: 'null'}, {type: array, items: @Json}, "
    "{type: object, additionalProperties: @Json}]}",
    "Lists": "{type: array, items: @Lists}",
    "There": "{type: array, items: @Back}",
    "Back": "{oneOf: [{type: string}, @There]}",
    "Rule": "{oneOf: [@Leaf, {type: array, items: @Rule}]}",
    "Leaf": "{type: object, required: [field], properties: {field: {type: string}, inner: @Rule}}",
    "Tree": "{type: object, properties: {name: {type: string}, trees: {type: array, items: @Tree}}}",
    "Anchor": "{$recursiveAnchor: true, type: object, properties: "
    "{filters: {type: array, items: {oneOf: [{type: string}, {$recursiveRef: '#'}]}}}}",
}
ANSWER = "{'200': {content: {application/json: {schema: @NAME}}}}"
BODY = "{required: true, content: {application/json: {schema: @NAME}}}"
OPERATION = f"  /NAME: {{post: {{operationId: NAME, requestBody: {BODY}, responses: {ANSWER}}}}}"
DOCUMENT = "\n".join(
    [
        "paths:",
        *(OPERATION.replace("NAME", name) for name in SCHEMAS),
        "components:",
        "  schemas:",
        *(f"    {name}: {schema}" for name, schema in SCHEMAS.items()),
    ]
)


VALUES: list[tuple[str, Any, str]] = [
    ("Json", "s", "str"),
    ("Json", None, "NoneType"),
    ("Json", ["a", ["b", {"c": None}], 1.5], "list"),
    ("Json", {"a": {"b": [1]}}, "JsonType4"),
    ("Lists", [[], [[]]], "list"),
    ("There", ["a", ["b", ["c"]]], "list"),
    ("Back", ["b", ["c"]], "list"),
    ("Rule", {"field": "x", "inner": [{"field": "y"}]}, "Leaf"),
    ("Rule", [{"field": "x", "inner": {"field": "y"}}], "list"),
    ("Tree", {"name": "a", "trees": [{"trees": []}]}, "Tree"),
    ("Anchor", {"filters": ["a", {"filters": []}]}, "Anchor"),
]


@pytest.mark.parametrize(
    ("name", "value", "class_name"),
    VALUES,
)
def test_a_schema_that_contains_itself_round_trips(
    small: SmallDocuments, name: str, value: Any, class_name: str
) -> None:
    client = small.build(DOCUMENT)
    assert not client.refusals
    api = client.api(api_key=None)
    api.wire.reply(200, value)
    answer = api.call(client.operation(name.lower()), body=value)
    assert type(answer).__name__ == class_name
    api.call(client.operation(name.lower()), body=answer)
    assert api.wire.sent.json == value
