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
STATED = (
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "default",
    "enum",
    "const",
    "pattern",
    "maxLength",
    "minLength",
)
"""Keywords that a source must state before the spec may."""
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
    return inherited | schema.get("properties", {})


def required(schema: dict[str, Any]) -> set[str]:
    """Give what a schema requires, with what its `allOf` does."""
    inherited = [name for part in schema.get("allOf", ()) for name in required(followed(part))]
    return {*inherited, *schema.get("required", ())}


def types(schema: dict[str, Any]) -> set[str]:
    """Give the types that a member takes, in the words of the table."""
    schema = followed(schema)
    if "contentEncoding" in schema:
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
    stated = {key: value for key, value in followed(declared).items() if key in STATED}
    assert stated == {key: member[key] for key in STATED if key in member}


@pytest.mark.parametrize("known", DOCS["schema"], ids=lambda known: known["name"])
def test_a_schema_requires_what_is_known_to_be_required(known: dict[str, Any]) -> None:
    schema = SCHEMAS[known["name"]]
    assert required(schema) == set(known["required"])
    alternatives = [name for choice in schema.get("anyOf", ()) for name in choice["required"]]
    assert sorted(alternatives) == sorted(known.get("one_of", []))


@pytest.mark.parametrize("known", DOCS["operation"], ids=lambda known: known["id"])
def test_an_operation_has_the_known_statuses_answers_and_parameters(known: dict[str, Any]) -> None:
    (operation,) = [one for one in SPEC["paths"][known["path"]].values() if one["operationId"] == known["id"]]
    assert sorted(map(int, operation["responses"])) == known["statuses"]
    assert set(operation["responses"]["200"]["content"]) == set(known["answers"])
    parameters = [followed(parameter) for parameter in operation.get("parameters", ())]
    assert [parameter["name"] for parameter in parameters if parameter["required"]] == known["query"]
