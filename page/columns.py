"""The columns of a parameter table, by the words that pages head them with."""

from collections.abc import Sequence
from typing import Literal

ColumnMeaning = Literal["name", "type", "required", "default", "description"]

_WORDS: dict[str, ColumnMeaning] = {
    "name": "name",
    "parameter": "name",
    "param": "name",
    "field": "name",
    "property": "name",
    "argument": "name",
    "type": "type",
    "data type": "type",
    "required": "required",
    "requirement": "required",
    "presence": "required",
    "default": "default",
    "default value": "default",
    "description": "description",
    "details": "description",
    "notes": "description",
    "meaning": "description",
}
HEADING_WORDS = tuple(sorted(_WORDS, key=len, reverse=True))


def column_meaning(heading: str) -> ColumnMeaning | None:
    """Return what a column with this heading holds, or None for a column of another kind."""
    return _WORDS.get(" ".join(heading.split()).strip("?*: ").casefold())


def is_parameter_table(columns: Sequence[str]) -> bool:
    """Return whether a table with these headings has a row for each parameter."""
    meanings = {column_meaning(column) for column in columns}
    return {"name", "type"} <= meanings
