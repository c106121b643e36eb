"""`openapi.yaml` says what is known of the API beyond the page, member by member and status by status.

What is known stands in `tests/docs.toml`, written down by hand from its sources and not from the spec.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCS: dict[str, Any] = tomllib.loads((ROOT / "tests" / "docs.toml").read_text(encoding="utf-8"))
SPEC: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = SPEC["components"]["schemas"]
NEUTRAL = {
    *("title", "description", "examples", "deprecated", "x-evidence", "x-evidence-default"),
    *("type", "contentMediaType", "contentEncoding", "$ref", "oneOf", "anyOf", "items"),
}
"""Keywords that narrow nothing, or that `types` reads; whatever else a member says, a source must state."""
MEMBERS = [
    pytest.param(schema["name"], member, id=f"{schema['name']}-{member['name']}")
    for schema in DOCS["schema"]
    for member in schema["members"]
]


def followed(node: dict[str, Any]) -> dict[str, Any]:
    """Give a node with its `$ref` followed."""
    while "$ref" in node:
        found: Any = SPEC
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def properties(schema: dict[str, Any]) -> dict[str, Any]:
    """Give a schema's members with those of its `allOf`."""
    inherited: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        inherited |= properties(followed(part))
    return {**inherited, **schema.get("properties", {})}


def required(schema: dict[str, Any]) -> set[str]:
    """Give what a schema requires, with what its `allOf` does."""
    inherited = [name for part in schema.get("allOf", ()) for name in required(followed(part))]
    return {*inherited, *schema.get("required", ())}


def rows(schema: str) -> dict[str, dict[str, Any]]:
    """Give what is known of a schema's members, with what is known of those that it builds on."""
    known = {one["name"]: one["members"] for one in DOCS["schema"]}
    parts = [part["$ref"].rpartition("/")[2] for part in SCHEMAS[schema].get("allOf", ())]
    return {row["name"]: row for name in (*parts, schema) for row in known.get(name, ())}


def constraints(member: dict[str, Any]) -> dict[str, Any]:
    """Give what narrows a member beyond its type; a schema that it refers to must be in the table itself."""
    if "$ref" in member:
        assert member["$ref"].rpartition("/")[2] in {one["name"] for one in DOCS["schema"]}
    items = [member["items"]] if "items" in member else []
    choices = [*member.get("oneOf", ()), *member.get("anyOf", ()), *items]
    inner = {key: value for choice in choices for key, value in constraints(choice).items()}
    own = {key: value for key, value in member.items() if key not in NEUTRAL}
    stated = sorted(name for name, one in own.get("properties", {}).items() if one["x-evidence"] != "assumed")
    return inner | own | ({"properties": stated} if "properties" in own else {})


def types(schema: dict[str, Any]) -> set[str]:
    """Give the types that a member takes, in the words of the table."""
    schema = followed(schema)
    if "contentEncoding" in schema and schema["type"] == "string":
        return {schema["contentEncoding"]}
    if "contentMediaType" in schema:
        return {"file"}
    choices = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    if choices:
        return {name for choice in choices for name in types(choice)}
    named = schema.get("type", "anything")
    if named == "array":
        return {f"{name} list" for name in types(schema["items"])}
    return {named} if isinstance(named, str) else set(named)


@pytest.mark.parametrize(("schema", "member"), MEMBERS)
def test_a_known_member_is_in_the_spec_with_its_type_and_bounds(schema: str, member: dict[str, Any]) -> None:
    declared = properties(SCHEMAS[schema]).get(member["name"])
    assert declared, f"{schema} has no {member['name']}"
    assert types(declared) == set(member["type"].split("|"))
    assert declared["x-evidence"] == member["evidence"]


@pytest.mark.parametrize("schema", [known["name"] for known in DOCS["schema"]])
def test_no_member_is_known_or_narrowed_by_nobody(schema: str) -> None:
    """What is not on the page has a row here, and what narrows any member stands in one.

    A property that is merely assumed has no source, and needs no row.
    """
    members = {
        name: one
        for name, one in properties(SCHEMAS[schema]).items()
        if one is not False and (one["x-evidence"] != "assumed" or name in rows(schema))
    }
    beyond = {name for name, one in members.items() if one["x-evidence"] != "page"}
    assert beyond <= set(rows(schema))
    stated = {
        name: {key: value for key, value in row.items() if key not in {"name", "type", "evidence"}}
        for name, row in rows(schema).items()
    }
    narrowed = {name: constraints(one) for name, one in members.items()}
    assert narrowed == {name: {} for name in members} | stated


def test_a_default_of_a_property_of_the_page_has_evidence_of_its_own() -> None:
    """The page states no default, so the label `page` of a property cannot cover its default."""
    page_properties = [
        property_schema
        for schema in SCHEMAS.values()
        for property_schema in schema.get("properties", {}).values()
        if property_schema and property_schema["x-evidence"] == "page"
    ]
    assert any("default" in property_schema for property_schema in page_properties)
    for property_schema in page_properties:
        expected = "docs" if "default" in property_schema else None
        assert property_schema.get("x-evidence-default") == expected, property_schema["description"]


@pytest.mark.parametrize("known", DOCS["schema"], ids=lambda known: known["name"])
def test_a_schema_requires_what_is_known_to_be_required(known: dict[str, Any]) -> None:
    schema = SCHEMAS[known["name"]]
    assert required(schema) == set(known["required"])
    alternatives = [name for choice in schema.get("anyOf", ()) for name in choice["required"]]
    assert sorted(alternatives) == sorted(known.get("one_of", []))


def stated(declared: dict[Any, dict[str, Any]], known: set[Any]) -> set[Any]:
    """Give the keys of what is declared, without those that no source states and the spec merely assumes."""
    return {key for key, one in declared.items() if key in known or one.get("x-evidence") != "assumed"}


@pytest.mark.parametrize("known", DOCS["operation"], ids=lambda known: known["id"])
def test_an_operation_has_the_known_statuses_answers_and_parameters(known: dict[str, Any]) -> None:
    (operation,) = [one for one in SPEC["paths"][known["path"]].values() if one["operationId"] == known["id"]]
    statuses = {int(status): followed(one) for status, one in operation["responses"].items()}
    assert stated(statuses, set(known["statuses"])) == set(known["statuses"])
    content = operation["responses"]["200"]["content"]
    assert stated(content, set(known["answers"])) == set(known["answers"])
    parameters = [followed(parameter) for parameter in operation.get("parameters", ())]
    assert [parameter["name"] for parameter in parameters if parameter["required"]] == known["query"]
    failures = {status: followed(one) for status, one in operation["responses"].items() if status != "200"}
    assert {status: one["x-evidence"] for status, one in failures.items()} == {
        status: DOCS["statuses"].get(status, "assumed") for status in failures
    }
