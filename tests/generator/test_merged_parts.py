"""Parts of `allOf` that differ and admit values together: the client has the types that both admit."""

from typing import Any, get_type_hints

import pytest

from tests.generator.small_documents import SmallDocuments

PATHS = """
paths: {/a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema: @Thing}}}}}}}"""
# By name: two schemas, and the type of a property that must match both.
PARTS: dict[str, tuple[str, str, Any]] = {
    "nullable": ("{type: [string, 'null']}", "{type: string}", str),
    "listed": ("{type: [string, integer]}", "{type: [integer, boolean]}", int),
    "number": ("{type: number}", "{type: integer}", int),
    "both_null": ("{type: [integer, 'null'], format: int64}", "{type: [number, 'null']}", int | None),
    "old_null": ("{type: string, nullable: true}", "{type: string}", str),
    "unions": (
        "{oneOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: string}, {type: boolean}]}",
        str,
    ),
    "null_unions": (
        "{anyOf: [{type: string}, {type: 'null'}]}",
        "{anyOf: [{type: string}, {type: integer}]}",
        str,
    ),
    "unique": (
        "{type: array, uniqueItems: true, items: {type: string}}",
        "{uniqueItems: false}",
        list[str],
    ),
    "positions": (
        "{type: array, prefixItems: [{type: number}]}",
        "{prefixItems: [{type: integer}, {type: integer}]}",
        list[int],
    ),
    "encoding": ("{type: string, contentEncoding: base64}", "{contentEncoding: base64url}", str),
    "unevaluated": ("{type: array, items: {type: string}}", "{unevaluatedItems: false}", list[str]),
}
CONTRADICTIONS = {
    "types": ("{type: string}", "{type: object}"),
    "unions": (
        "{oneOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: boolean}, {type: array, items: {}}]}",
    ),
    "constants": ("{const: a}", "{const: b}"),
}


def document(parts: dict[str, tuple[str, str]]) -> str:
    """Return a document with a schema of two parts, whose properties have two schemas each."""
    first = ", ".join(f"{name}: {schema}" for name, (schema, _) in parts.items())
    second = ", ".join(f"{name}: {schema}" for name, (_, schema) in parts.items())
    return f"""{PATHS}
components:
  schemas:
    First: {{type: object, required: [{", ".join(parts)}], properties: {{{first}}}}}
    Thing: {{allOf: [@First, {{type: [object, 'null'], properties: {{{second}}}}}]}}
"""


@pytest.mark.parametrize("name", PARTS)
def test_a_property_has_the_types_that_all_parts_admit(small: SmallDocuments, name: str) -> None:
    client = small.build(document({key: (first, second) for key, (first, second, _) in PARTS.items()}))
    assert not client.refusals
    assert get_type_hints(client.model("Thing"))[name] == PARTS[name][2]


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_only_parts_that_admit_no_value_are_refused(small: SmallDocuments, name: str) -> None:
    (refusal,) = small.build(document({"a": CONTRADICTIONS[name]})).refusals
    assert "contradict each other" in refusal


def test_branches_that_exclude_each_other_are_left_out(small: SmallDocuments) -> None:
    client = small.build(f"""{PATHS}
components:
  schemas:
    Thing: {{allOf: [{{oneOf: [@Ring, @Cube]}}, {{anyOf: [@Named]}}]}}
    Named: {{type: object, required: [kind], properties: {{kind: {{const: ring}}}}}}
    Ring: {{type: object, required: [kind], properties: {{kind: {{const: ring}}, r: {{type: integer}}}}}}
    Cube: {{type: object, required: [kind], properties: {{kind: {{const: cube}}, c: {{type: integer}}}}}}
""")
    assert not client.refusals
    api = client.api(api_key=None)
    api.wire.reply(200, {"kind": "ring", "r": 1})
    assert api.call(client.operation("a")).r == 1


def test_the_conditions_of_all_parts_are_quoted(small: SmallDocuments) -> None:
    client = small.build(f"""{PATHS}
components:
  schemas:
    First: {{type: object, if: {{required: [a]}}, then: {{required: [b]}}}}
    Second: {{type: object, if: {{required: [c]}}, then: {{required: [d]}}}}
    Thing: {{allOf: [@First, @Second], properties: {{a: {{type: string}}}}}}
""")
    assert not client.refusals
    document = client.model("Thing").__doc__
    assert all(f'["{name}"]' in document for name in "abcd")
