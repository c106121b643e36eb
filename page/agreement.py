"""Says where the contract does not say what the page says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from .comparison import Difference, describe_fact, json_differences, same_fact
from .contract import Contract, ContractExample, ContractField
from .transcript import Transcript
from .vendor_page import CurlExample, Row, VendorPage, title_key

NAME = "openapi.yaml"
# What a page may call a type that OpenAPI calls otherwise.
_OPENAPI_TYPES = {
    "int": "integer",
    "bool": "boolean",
    "binary": "file",
    **dict.fromkeys(("float", "double"), "number"),
    **dict.fromkeys(("str", "text", "url", "uri", "enum", "date", "datetime"), "string"),
}
_COMPARED_FACTS = ("default", "minimum", "maximum", "max_length", "values", "deprecated")


def compare_with_contract(
    page: VendorPage, transcript: Transcript, contract: Contract
) -> Iterator[Difference]:
    """Yield what of the page the contract lacks or has otherwise, and what it has only by the page's word."""
    yield from _compare_head(page, contract)
    for row in page.rows:
        yield from _compare_row(row, transcript, contract)
    yield from _fields_without_row(page, transcript, contract)
    yield from _compare_examples(page, contract)


def _compare_head(page: VendorPage, contract: Contract) -> Iterator[Difference]:
    if page.base_url != contract.base_urls[0]:
        statement = f"{NAME} has {contract.base_urls[0]} first among its servers"
        yield Difference("different", "", f"base URL: {page.base_url}", (statement,))
    if (page.authorization or "").casefold() != (contract.authorization or "").casefold():
        statement = f"{NAME} has {contract.authorization}"
        yield Difference("different", "", f"authorization: {page.authorization}", (statement,))
    for endpoint in sorted(page.endpoints - contract.endpoints):
        yield Difference("new", "", f"endpoint {endpoint}", (f"{NAME} lacks it",))
    for media_type in sorted(page.media_types - contract.media_types):
        yield Difference("new", "", f"request media type {media_type}", (f"{NAME} lacks it",))


def _compare_row(row: Row, transcript: Transcript, contract: Contract) -> Iterator[Difference]:
    variants = transcript.variants(row.table, row.name)
    if not variants:
        statement = (
            f"{NAME}: cannot tell, because tests/page.toml names no `variants` for the table {row.table}"
        )
        yield Difference("new", row.table, row.name, (statement,))
        return
    unknown = [name for name in variants if name not in contract.variants]
    if unknown:
        yield Difference("different", row.table, row.name, (f"{NAME} has no variant {', '.join(unknown)}",))
    present = [name for name in variants if name in contract.variants]
    lacking = [name for name in present if row.name not in contract.variants[name].fields]
    if lacking:
        yield Difference("new", row.table, row.name, (f"{NAME} lacks it in {', '.join(lacking)}",))
    statements: dict[str, list[str]] = {}
    for name in present:
        variant = contract.variants[name]
        if name not in lacking:
            for statement in _field_differences(row, variant.fields[row.name]):
                statements.setdefault(statement, []).append(name)
            requirement = _requirement_difference(row, variant.required, variant.excused)
            if requirement:
                statements.setdefault(requirement, []).append(name)
    if statements:
        texts = tuple(f"{statement} ({', '.join(names)})" for statement, names in statements.items())
        yield Difference("different", row.table, row.name, texts)


def _field_differences(row: Row, field: ContractField) -> Iterator[str]:
    types = {_OPENAPI_TYPES.get(name, name) for name in row.types}
    # JSON Schema's integers are numbers, and a page may mean them by that word; the reverse is narrower.
    accepted = {"number" if name == "integer" and "number" in types else name for name in field.types}
    if types != accepted - {"null"}:
        new_types, old_types = ("|".join(sorted(names)) for names in (row.types, field.types))
        yield f"type is {new_types}; {NAME} has {old_types} at {field.pointer}"
    if not field.is_from_page:
        yield f"is on the page; {NAME} does not label it `x-evidence: page` at {field.pointer}"
    for fact in _COMPARED_FACTS:
        if fact in row.facts and not same_fact(row.facts, field.facts, fact):
            new_fact, old_fact = describe_fact(row.facts, fact), describe_fact(field.facts, fact)
            yield f"{new_fact}; {NAME} has {old_fact} at {field.pointer}"
    if field.is_default_from_page and "default" not in row.facts:
        old_fact = describe_fact(field.facts, "default")
        yield f"no default; {NAME} has {old_fact} by the page's word at {field.pointer}"


def _requirement_difference(row: Row, required: frozenset[str], excused: frozenset[str]) -> str | None:
    if row.required is True and row.name not in required:
        return f"is required; {NAME} has optional"
    if row.required is True and row.name in excused:
        return f"is required; {NAME} has it required by another's word, in `x-evidence-required`"
    if row.required is not True and row.name in required - excused:
        return f"is optional; {NAME} requires it and has no label in `x-evidence-required`"
    return None


def _fields_without_row(page: VendorPage, transcript: Transcript, contract: Contract) -> Iterator[Difference]:
    """Yield fields that claim the page and have no row on it, each once with the tables that it was in."""
    on_the_page = {(name, row.name) for row in page.rows for name in transcript.variants(row.table, row.name)}
    for row_name, variants in _claimed_fields(contract).items():
        unsupported = [name for name in variants if (name, row_name) not in on_the_page]
        if not unsupported:
            continue
        pointer = contract.variants[unsupported[0]].fields[row_name].pointer
        statement = f"{NAME} labels it `x-evidence: page` in {', '.join(unsupported)} at {pointer}"
        yield Difference("gone", _table_of(row_name, unsupported, transcript), row_name, (statement,))


def _claimed_fields(contract: Contract) -> Mapping[str, Sequence[str]]:
    """Return the names of the variants that have a field by the page's word, for each such field."""
    claimed: dict[str, list[str]] = {}
    for name, variant in contract.variants.items():
        for field_name, field in variant.fields.items():
            if field.is_from_page:
                claimed.setdefault(field_name, []).append(name)
    return claimed


def _table_of(row_name: str, variants: Sequence[str], transcript: Transcript) -> str:
    """Return the table in which the transcript has a field, or else the first that its variants have."""
    tables = transcript.page.tables
    having = [row.table for row in transcript.page.rows if row.name == row_name]
    return next(
        (
            table
            for table in (*having, *tables)
            if set(variants)
            & set(transcript.variants(table, row_name) or transcript.variants_of_tables[title_key(table)])
        ),
        "",
    )


def _compare_examples(page: VendorPage, contract: Contract) -> Iterator[Difference]:
    """Pair each command with the example that has its body, or else with the one that shares most of it."""
    examples = [example for example in contract.examples if example.is_from_page]
    unmatched: list[CurlExample] = []
    for curl in page.curls:
        match = next((example for example in examples if not list(_body_differences(curl, example))), None)
        if match is None:
            unmatched.append(curl)
        else:
            examples.remove(match)
    for curl in unmatched:
        nearest = max(examples, key=lambda example: _shared_values(curl, example), default=None)
        if nearest is None or not _shared_values(curl, nearest):
            statement = f"{NAME} has no example of this {_media_type(curl)} body with `x-evidence: page`"
            yield Difference("new", "Examples", curl.title, (statement,))
        else:
            examples.remove(nearest)
            statements = tuple(_body_differences(curl, nearest))
            yield Difference("different", "Examples", curl.title, statements)
    for example in examples:
        statement = f"{NAME} labels it `x-evidence: page` under {example.media_type}"
        yield Difference("gone", "Examples", f"example {example.name}", (statement,))


def _media_type(curl: CurlExample) -> str:
    return (
        "multipart/form-data" if curl.form else curl.headers.get("content-type", "").partition(";")[0].strip()
    )


def _body(curl: CurlExample) -> Any:
    return {part.name: part.value for part in curl.form} if curl.form else curl.json


def _example_body(example: ContractExample) -> Any:
    """Return the body of an example as its media type carries it; in a form every value is text."""
    if example.media_type != "multipart/form-data":
        return example.value
    return {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in example.value.items()
    }


def _body_differences(curl: CurlExample, example: ContractExample) -> Iterator[str]:
    record = f"{NAME} (example {example.name})"
    if _media_type(curl) != example.media_type:
        yield f"is {_media_type(curl)}; {record} is {example.media_type}"
    for place, new, old in json_differences(_body(curl), _example_body(example)):
        yield f"body {place or 'as a whole'} is {new}; {record} has {old}"


def _shared_values(curl: CurlExample, example: ContractExample) -> int:
    """Return how many properties both have with the same value, if both are of the same media type."""
    body, recorded = _body(curl), _example_body(example)
    if (
        not isinstance(body, dict)
        or not isinstance(recorded, dict)
        or _media_type(curl) != example.media_type
    ):
        return 0
    values = cast("dict[str, object]", recorded)
    return sum(
        key in values and values[key] == value for key, value in cast("dict[str, object]", body).items()
    )
