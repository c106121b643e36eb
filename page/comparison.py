"""Says what a page has new, no more, or otherwise than its transcript or an older copy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from attrs import frozen

from .vendor_page import CurlExample, Fact, Row, VendorPage, fact_text, title_key

Kind = Literal["new", "gone", "different"]


@frozen
class Difference:
    """One row, curl command or sentence of the page that is not what it is compared with.

    `statements` say for each record what it has instead.
    """

    kind: Kind
    place: str
    subject: str
    statements: tuple[str, ...] = ()


def compare_pages(
    page: VendorPage, record: VendorPage, name: str, *, words: bool = False
) -> Iterator[Difference]:
    """Yield how `page` differs from `record`, which is called `name` in the report.

    With `words` a description that only reads otherwise is a difference too.
    """
    yield from _compare_head(page, record, name)
    yield from _compare_rows(page, record, name, words=words)
    yield from compare_curls(page.curls, record.curls, name)


def _compare_head(page: VendorPage, record: VendorPage, name: str) -> Iterator[Difference]:
    """Compare what stands outside of rows and commands."""
    for subject, new, old in (
        ("base URL", page.base_url, record.base_url),
        ("authorization", page.authorization, record.authorization),
    ):
        if new != old:
            yield Difference("different", "", f"{subject}: {new}", (f"{name} has {old}",))
    for subject, new_names, old_names in (
        ("endpoint", page.endpoints, record.endpoints),
        ("request media type", page.media_types, record.media_types),
    ):
        yield from _compare_names(subject, new_names, old_names, name)
    new_tables = {title_key(title): title for title in page.tables}
    old_tables = {title_key(title): title for title in record.tables}
    for key in new_tables.keys() - old_tables.keys():
        yield Difference("new", new_tables[key], "the table", (f"{name} lacks it",))
    for key in old_tables.keys() - new_tables.keys():
        yield Difference("gone", old_tables[key], "the table", (f"{name} has it",))
    for title, columns in page.other_tables.items():
        if record.other_tables.get(title) != columns:
            text = f"the table, which lists no parameters: {', '.join(columns)}"
            yield Difference("new", title, text, (f"{name} does not have it under `other_tables`",))
    for title in record.other_tables.keys() - page.other_tables.keys():
        yield Difference("gone", title, "the table, which lists no parameters", (f"{name} has it",))


def _compare_names(subject: str, new: frozenset[str], old: frozenset[str], name: str) -> Iterator[Difference]:
    for text in sorted(new - old):
        yield Difference("new", "", f"{subject} {text}", (f"{name} lacks it",))
    for text in sorted(old - new):
        yield Difference("gone", "", f"{subject} {text}", (f"{name} has it",))


def row_key(row: Row) -> tuple[str, str]:
    """Return what tells a row from all others: its table and its name."""
    return title_key(row.table), row.name


def _compare_rows(page: VendorPage, record: VendorPage, name: str, *, words: bool) -> Iterator[Difference]:
    new_rows = {row_key(row): row for row in page.rows}
    old_rows = {row_key(row): row for row in record.rows}
    seen: set[tuple[str, str]] = set()
    for row in page.rows:
        if row_key(row) in seen:
            yield Difference("different", row.table, row.name, ("the page has this row twice",))
            continue
        seen.add(row_key(row))
        old = old_rows.get(row_key(row))
        if old is None:
            renamed = _likely_names(row, record.rows, gone=old_rows.keys() - new_rows.keys())
            hint = f"; perhaps the new name of {' or '.join(renamed)}" if renamed else ""
            yield Difference(
                "new", row.table, row.name, (f"the page: {row.summary()}", f"{name} lacks it{hint}")
            )
            continue
        statements = list(_row_differences(row, old, name))
        if words and not statements and _wording(row) != _wording(old):
            statements = [f"the description reads: {row.description}", f"{name} reads: {old.description}"]
        if statements:
            yield Difference("different", row.table, row.name, tuple(statements))
    for key, old in old_rows.items():
        if key not in new_rows:
            yield Difference("gone", old.table, old.name, (f"{name} has it: {old.summary()}",))


def _likely_names(row: Row, rows: Sequence[Row], gone: set[tuple[str, str]]) -> list[str]:
    """Return the rows of its table that are gone and take the same types: `row` may be their new name."""
    return [
        f"`{old.name}`"
        for old in rows
        if row_key(old) in gone and title_key(old.table) == title_key(row.table) and old.types == row.types
    ]


def _row_differences(row: Row, old: Row, name: str) -> Iterator[str]:
    if row.types != old.types:
        yield f"type is {'|'.join(sorted(row.types))}; {name} has {'|'.join(sorted(old.types))}"
    if row.required != old.required:
        yield f"is {row.requirement}; {name} has {old.requirement}"
    for fact in sorted(row.facts.keys() | old.facts.keys()):
        if not same_fact(row.facts, old.facts, fact):
            yield f"{describe_fact(row.facts, fact)}; {name} has {describe_fact(old.facts, fact)}"


def same_fact(new: Mapping[str, Fact], old: Mapping[str, Fact], fact: str) -> bool:
    """Return whether both have a fact with the same value, or neither has it; true is not 1."""
    if fact not in new or fact not in old:
        return (fact in new) == (fact in old)
    return new[fact] == old[fact] and isinstance(new[fact], bool) == isinstance(old[fact], bool)


def describe_fact(facts: Mapping[str, Fact], fact: str) -> str:
    """Return a fact as a report shows it, such as `default 20`, or `no default`."""
    words = fact.replace("_", " ")
    return f"{words} {fact_text(facts[fact])}" if fact in facts else f"no {words}"


def _wording(row: Row) -> str:
    return " ".join(row.description.replace("`", "").split())


def compare_curls(new: Sequence[CurlExample], old: Sequence[CurlExample], name: str) -> Iterator[Difference]:
    """Yield what the curl commands send otherwise; a pair has the same title, or else the same body."""
    remaining = list(old)
    for curl in new:
        partner = _partner(curl, remaining, new)
        if partner is None:
            yield Difference("new", "Examples", curl.title, (f"{name} lacks it",))
            continue
        remaining.remove(partner)
        statements = list(_curl_differences(curl, partner, name))
        if statements:
            yield Difference("different", "Examples", curl.title, tuple(statements))
    for partner in remaining:
        yield Difference("gone", "Examples", partner.title, (f"{name} has it",))


def _partner(
    curl: CurlExample, remaining: Sequence[CurlExample], new: Sequence[CurlExample]
) -> CurlExample | None:
    same_title = [old for old in remaining if old.title == curl.title]
    # What has the very title of another command belongs to that one.
    titles = {other.title for other in new if other is not curl}
    free = [old for old in remaining if old.title not in titles]
    similar_title = [old for old in free if title_key(old.title) == title_key(curl.title)]
    same_body = [old for old in free if _body(old) == _body(curl)]
    return next(iter([*same_title, *similar_title, *same_body]), None)


def _body(curl: CurlExample) -> tuple[object, ...]:
    return curl.json, curl.text, tuple(sorted(curl.form, key=lambda part: (part.name, part.value)))


def _curl_differences(new: CurlExample, old: CurlExample, name: str) -> Iterator[str]:
    for label in ("title", "method", "url", "text", "output"):
        if getattr(new, label) != getattr(old, label):
            yield f"{label} is {getattr(new, label)}; {name} has {getattr(old, label)}"
    for header in sorted(new.headers.keys() | old.headers.keys()):
        if new.headers.get(header) != old.headers.get(header):
            yield _value_difference(f"header {header}", new.headers, old.headers, header, name)
    for place, new_value, old_value in json_differences(new.json, old.json):
        yield f"body {place or 'as a whole'} is {new_value}; {name} has {old_value}"
    new_form, old_form = _form_values(new), _form_values(old)
    for part in [part for part in {**new_form, **old_form} if new_form.get(part) != old_form.get(part)]:
        yield _value_difference(f"form part {part}", new_form, old_form, part, name)


def _form_values(curl: CurlExample) -> dict[str, str]:
    """Return the parts by name; the order of parts of different names says nothing."""
    values: dict[str, str] = {}
    for part in curl.form:
        text = f"the file {part.value}" if part.is_file else repr(part.value)
        values[part.name] = f"{values[part.name]}, {text}" if part.name in values else text
    return values


def _value_difference(label: str, new: Mapping[str, str], old: Mapping[str, str], key: str, name: str) -> str:
    return f"{label} is {new.get(key, 'not there')}; {name} has {old.get(key, 'none')}"


def json_differences(new: object, old: object, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the JSON pointers at which two values differ, with both values as text."""
    new_text, old_text = repr(new), repr(old)
    if isinstance(new, dict) and isinstance(old, dict):
        new_values, old_values = cast("dict[str, Any]", new), cast("dict[str, Any]", old)
        for key in {**new_values, **old_values}:
            deeper = f"{place}/{key}"
            if key not in old_values:
                yield deeper, repr(new_values[key]), "none"
            elif key not in new_values:
                yield deeper, "not there", repr(old_values[key])
            else:
                yield from json_differences(new_values[key], old_values[key], deeper)
    elif new != old or isinstance(new, bool) != isinstance(old, bool):
        yield place, new_text, old_text
