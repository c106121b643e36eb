"""Reads `tests/page.toml`, the transcript that people made of the page."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from attrs import frozen

from .errors import UnreadableError
from .facts import FACTS
from .vendor_page import CurlExample, Fact, FormPart, Row, VendorPage, title_key


@frozen
class Transcript:
    """The transcript, and which variants of the contract have the rows of each table.

    `variants_of_tables` has the titles in the form of `title_key`; `variants_of_rows` the rows that differ
    from the rest of their table, by its title and their name.
    """

    page: VendorPage
    variants_of_tables: Mapping[str, Sequence[str]]
    variants_of_rows: Mapping[tuple[str, str], Sequence[str]]

    def variants(self, table: str, name: str) -> Sequence[str]:
        """Return the variants that must have the field of a row, which may be a row that is new."""
        key = title_key(table)
        return self.variants_of_rows.get((key, name)) or self.variants_of_tables.get(key, ())


def read_transcript(path: Path) -> Transcript:
    """Return the transcript. Raises UnreadableError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _read(data)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}; name the transcript: --transcript FILE") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: is not TOML: {error}") from error
    except KeyError as error:
        raise UnreadableError(f"{path}: {error} is missing; see the comments at its top") from error
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from error


def _read(data: dict[str, Any]) -> Transcript:
    tables: list[dict[str, Any]] = data["table"]
    page = VendorPage(
        endpoints=frozenset([f"{data['method']} {data['path']}", *data.get("further_endpoints", ())]),
        base_url=data["base_url"],
        authorization=data["authorization"],
        media_types=frozenset(data["media_types"]),
        tables=tuple(table["name"] for table in tables),
        rows=tuple(_row(table["name"], row) for table in tables for row in table["rows"]),
        curls=tuple(map(_curl, data.get("curl", ()))),
        other_tables={name: tuple(columns) for name, columns in data.get("other_tables", {}).items()},
    )
    return Transcript(
        page,
        {title_key(table["name"]): table["variants"] for table in tables},
        {
            (title_key(table["name"]), row["name"]): row["variants"]
            for table in tables
            for row in table["rows"]
            if "variants" in row
        },
    )


def _row(table: str, row: dict[str, Any]) -> Row:
    unknown = row.keys() - {"name", "type", "required", "variants"} - FACTS
    if unknown:
        raise UnreadableError(
            f"the row {row['name']} of {table} has {', '.join(sorted(unknown))}; no such key is read"
        )
    facts = {name: _fact(value) for name, value in row.items() if name in FACTS}
    return Row(table, row["name"], frozenset(row["type"].split("|")), row["required"], facts)


def _fact(value: Any) -> Fact:
    if isinstance(value, list):
        return tuple(sorted(cast("list[str]", value)))
    return cast("Fact", value)


def _curl(data: dict[str, Any]) -> CurlExample:
    return CurlExample(
        title=data["title"],
        method=data["method"],
        url=data["url"],
        headers={name.casefold(): value for name, value in data["headers"].items()},
        json=data.get("json"),
        text=data.get("text"),
        form=tuple(
            FormPart(part["name"], part["file"] if "file" in part else part["text"], "file" in part)
            for part in data.get("form", ())
        ),
        output=data.get("output"),
    )
