"""What a page says of the endpoint, as values: the same for a saved page and for its transcript."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

Fact = bool | float | str | tuple[str, ...] | tuple[float, ...] | None
"""A default, a limit, a list of values; `facts.py` lists the names."""


@frozen
class Row:
    """One row of a parameter table.

    `types` are the page's own words in lower case. `required` is True, False, or the page's word if it is
    neither `required` nor `optional`.
    """

    table: str
    name: str
    types: frozenset[str]
    required: bool | str
    facts: Mapping[str, Fact] = field(factory=dict[str, Fact])
    description: str = ""

    def summary(self) -> str:
        """Return the row in a few words, such as `number, optional, default 20`."""
        facts = [f"{name} {fact_text(value)}" for name, value in sorted(self.facts.items())]
        return ", ".join(["|".join(sorted(self.types)), self.requirement, *facts])

    @property
    def requirement(self) -> str:
        """The word that says whether the row is required."""
        if isinstance(self.required, str):
            return self.required
        return "required" if self.required else "optional"


def fact_text(value: Fact) -> str:
    """Return a fact as a report shows it."""
    if isinstance(value, tuple):
        return ", ".join(map(fact_text, value))
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return f"{value:g}" if isinstance(value, float | int) else value


@frozen
class FormPart:
    """One part of a form: the text that travels, or the path of the file that is read."""

    name: str
    value: str
    is_file: bool


@frozen
class CurlExample:
    """One curl command: what it sends, and where its output goes.

    `headers` have their names in lower case. `json` is the decoded body, and `text` a body that is not JSON.
    """

    title: str
    method: str
    url: str
    headers: Mapping[str, str]
    json: Any = None
    text: str | None = None
    form: tuple[FormPart, ...] = ()
    output: str | None = None


@frozen
class VendorPage:
    """The page: its endpoints, its parameter tables, its curl commands.

    `tables` holds the titles as the page writes them. `other_tables` are tables that list no parameters, by
    their titles, each with its headings.
    """

    endpoints: frozenset[str]
    base_url: str | None
    authorization: str | None
    media_types: frozenset[str]
    tables: tuple[str, ...]
    rows: tuple[Row, ...]
    curls: tuple[CurlExample, ...]
    other_tables: Mapping[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])


def title_key(title: str) -> str:
    """Return what titles of the same meaning share, whatever their case, spaces and remark in brackets."""
    return " ".join(title.partition("(")[0].split()).casefold()
