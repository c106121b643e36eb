"""`openapi.yaml` says what the vendor's page says, row by row and curl by curl.

The page stands in `tests/page.toml`, transcribed by hand and not from the spec. This is the one place where
the spec is judged by something that was not made from it.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE: dict[str, Any] = tomllib.loads((ROOT / "tests" / "page.toml").read_text(encoding="utf-8"))
SPEC: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))

# Variants that a row of the page belongs to; the spec may have more, of which the page says nothing.
EVERY_VARIANT = frozenset(name for table in PAGE["table"] for name in table["variants"])
# What variants of one job share; its fields are judged where they end up, in the variants.
PARTS = {"ImageEditOptions", "VideoOptions"}
# Who says that a field is required although the page calls it optional.
EVIDENCE_BEYOND_THE_PAGE = {"docs", "observed", "expected", "assumed"}


class Row(NamedTuple):
    """One row of one of the page's tables, and the spec's variants that must have its field."""

    table: str
    name: str
    type: str
    required: bool
    variants: list[str]


ROWS = [
    Row(table["name"], row["name"], row["type"], row["required"], row.get("variants", table["variants"]))
    for table in PAGE["table"]
    for row in table["rows"]
]
CASES = [
    pytest.param(row, name, id=f"{row.table}-{row.name}-{name}") for row in ROWS for name in row.variants
]


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema with its `$ref` followed and its `allOf` merged; what stands beside them wins."""
    merged: dict[str, Any] = {}
    parts = [dict(part) for part in schema.get("allOf", ())]
    if "$ref" in schema:
        parts.insert(0, follow(schema["$ref"]))
    for part in [resolve(part) for part in parts] + [schema]:
        properties = merged.get("properties", {}) | part.get("properties", {})
        required = [*merged.get("required", ()), *part.get("required", ())]
        evidence = merged.get("x-evidence-required", {}) | part.get("x-evidence-required", {})
        merged |= {key: value for key, value in part.items() if key not in {"$ref", "allOf"}}
        merged |= {"properties": properties} if properties else {}
        merged |= {"required": required, "x-evidence-required": evidence} if required or evidence else {}
    return merged


def follow(reference: str) -> dict[str, Any]:
    """Give what a local reference such as `#/components/schemas/Video` points to."""
    found: Any = SPEC
    for step in reference.removeprefix("#/").split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")]
    schema: dict[str, Any] = found
    return schema


def variants(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the schema of every variant that a body's `oneOf` reaches, through groups too."""
    for member in schema.get("oneOf", schema.get("anyOf", ())):
        target = follow(member["$ref"])
        if "properties" in target or "allOf" in target:
            yield member["$ref"].rpartition("/")[2], resolve(target)
        else:
            yield from variants(target)


def required(schema: dict[str, Any]) -> set[str]:
    """Give what a variant requires, always or as one of several alternatives."""
    alternatives = schema.get("anyOf", ())
    return {name for part in (schema, *alternatives) for name in part.get("required", ())}


OPERATION: dict[str, Any] = SPEC["paths"][PAGE["path"]][PAGE["method"].lower()]
BODIES: dict[str, dict[str, Any]] = OPERATION["requestBody"]["content"]
VARIANTS = {name: schema for body in BODIES.values() for name, schema in variants(body["schema"])}


def page_types(schema: dict[str, Any]) -> set[str]:
    """Give the types that a field takes, in the page's words; a closed list of values counts as none."""
    schema = resolve(schema)
    if "contentMediaType" in schema or schema.get("format") == "binary":
        return {"file"}
    members = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if members:
        return {name for member in members for name in page_types(member)}
    if "enum" in schema or "const" in schema:
        return set()
    named = schema.get("type", "anything")
    return {named} if isinstance(named, str) else set(named)


def test_the_page_is_transcribed_whole() -> None:
    """There are as many tables, rows and curl commands as were counted on the page itself."""
    assert {"tables": len(PAGE["table"]), "rows": len(ROWS), "curls": len(PAGE["curl"])} == PAGE["count"]
    assert len({(row.table, row.name) for row in ROWS}) == len(ROWS)


def test_every_variant_is_reachable_from_the_request_body() -> None:
    """A variant that no body names would be written down, and obeyed by nobody."""
    assert set(VARIANTS) >= EVERY_VARIANT


def test_the_pages_host_comes_first() -> None:
    """The page's base URL is the default of every client."""
    assert SPEC["servers"][0]["url"] == PAGE["base_url"]


def test_the_key_is_a_bearer_token() -> None:
    """The page's Authorization header is the security of the operation."""
    (names,) = OPERATION.get("security", SPEC["security"])
    (scheme,) = [follow(f"#/components/securitySchemes/{name}") for name in names]
    assert (scheme["type"], scheme["scheme"]) == ("http", PAGE["authorization"].lower())


@pytest.mark.parametrize(("row", "variant"), CASES)
def test_a_row_of_the_page_is_a_field_of_the_variant(row: Row, variant: str) -> None:
    """The field is there, labelled as the page's, and takes the type that the page names."""
    field = VARIANTS[variant]["properties"].get(row.name)
    assert field, f"{variant} has no {row.name}"
    assert resolve(field).get("x-evidence") == "page"
    assert page_types(field) == set(row.type.split("|"))


def labelled_page(node: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the place of everything in a document that claims to be on the page."""
    if isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        if members.get("x-evidence") == "page":
            yield at
        for key, value in members.items():
            yield from labelled_page(value, (*at, key))
    elif isinstance(node, list):
        items = cast("list[object]", node)
        for index, value in enumerate(items):
            yield from labelled_page(value, (*at, str(index)))


def test_a_field_that_claims_the_page_is_on_it() -> None:
    """Variant by variant, the fields labelled `page` are the rows of the page, and no others."""
    claimed = {
        (variant, name)
        for variant in EVERY_VARIANT
        for name, field in VARIANTS[variant]["properties"].items()
        if field and resolve(field).get("x-evidence") == "page"
    }
    assert claimed == {(variant, row.name) for row in ROWS for variant in row.variants}


def test_nothing_else_claims_the_page_but_host_key_and_curls() -> None:
    """Answers, headers, statuses, and fields inside fields: the page says nothing of them."""
    fields = [("components", "schemas", name, "properties") for name in EVERY_VARIANT | PARTS]
    others = [at for at in labelled_page(SPEC) if not (len(at) == 5 and at[:4] in fields)]
    examples = [at for at in others if at[-2] == "examples"]
    assert [at for at in others if at not in examples] == [
        ("servers", "0"),
        ("components", "securitySchemes", "bearerAuth"),
    ]
    assert len(examples) == len(PAGE["curl"])


@pytest.mark.parametrize("variant", sorted(EVERY_VARIANT))
def test_what_a_variant_requires_is_on_the_page_or_labelled(variant: str) -> None:
    """The page requires the model alone; whatever else a variant requires says on whose word."""
    required_by_the_page = {row.name for row in ROWS if row.required and variant in row.variants}
    assert required(VARIANTS[variant]) >= required_by_the_page
    evidence: dict[str, str] = VARIANTS[variant].get("x-evidence-required", {})
    assert set(evidence) == required(VARIANTS[variant]) - required_by_the_page
    assert set(evidence.values()) <= EVIDENCE_BEYOND_THE_PAGE


def as_text(value: object) -> str:
    """Give the text that a value travels as in a form: `true`, `15`, or the string itself."""
    return value if isinstance(value, str) else json.dumps(value)


def examples(media_type: str) -> list[dict[str, Any]]:
    """Give the values of the request examples under a media type that are labelled as the page's."""
    named: dict[str, dict[str, Any]] = BODIES[media_type].get("examples", {})
    return [example["value"] for example in map(resolve, named.values()) if example["x-evidence"] == "page"]


@pytest.mark.parametrize("curl", PAGE["curl"], ids=lambda curl: curl["title"])
def test_a_curl_of_the_page_is_an_example_of_the_spec(curl: dict[str, Any]) -> None:
    """The body of each curl command stands among the examples of its media type, value by value."""
    assert (curl["method"], curl["url"]) == (PAGE["method"], SPEC["servers"][0]["url"] + PAGE["path"])
    if "json" in curl:
        assert curl["json"] in examples(curl["headers"]["Content-Type"])
        return
    texts = {part["name"]: part["text"] for part in curl["form"] if "text" in part}
    files = {part["name"] for part in curl["form"] if "file" in part}
    forms = [
        ({name: as_text(value) for name, value in form.items() if name not in files}, files & form.keys())
        for form in examples("multipart/form-data")
    ]
    assert (texts, files) in forms
