"""Makes the page's tables and curl commands out of its parts."""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from .columns import column_meaning, is_parameter_table
from .curl_reading import read_curls
from .errors import UnreadableError
from .facts import literal, read_facts
from .parts import Code, Heading, Part, Table, Text
from .vendor_page import CurlExample, Fact, Row, VendorPage

_ENDPOINT = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\s*(/[\w{}./~-]+)")
_MEDIA_TYPE = re.compile(r"\bContent-Type:\s*`?([a-z]+/[\w.+-]+)", re.IGNORECASE)
_AUTHORIZATION = re.compile(r"\bAuthorization:\s*`?([A-Za-z]+)\b")
_URL = re.compile(r"https?://[^\s`\"'<>]+")
_TYPE_SEPARATOR = re.compile(r"\s*(?:\\?\||/|,|\bor\b)\s*")
_REQUIRED = {
    **dict.fromkeys(("required", "yes", "true", "✓", "✔", "✅", "*"), True),
    **dict.fromkeys(("optional", "no", "false", "", "-", "\N{EN DASH}", "—", "✗", "❌"), False),
}
_NO_DEFAULT = frozenset({"", "-", "\N{EN DASH}", "—", "n/a"})
# A line of plain text that is longer is no heading.
_LONGEST_TITLE = 80


def extract_page(parts: Sequence[Part]) -> VendorPage:
    """Return what the page says. Raises UnreadableError if it has no parameter table that can be read."""
    extractor = _Extractor(has_headings=any(isinstance(part, Heading) for part in parts))
    for part in parts:
        extractor.take(part)
    if not extractor.tables:
        raise UnreadableError(
            "has no table with the columns Name and Type; save the page as HTML or as text, fully loaded"
        )
    base_url = extractor.base_url or next((_origin(curl.url) for curl in extractor.curls), None)
    return VendorPage(
        endpoints=frozenset(extractor.endpoints),
        base_url=base_url,
        authorization=extractor.authorization,
        media_types=frozenset(extractor.media_types),
        tables=tuple(dict.fromkeys(extractor.tables)),
        rows=tuple(extractor.rows),
        curls=tuple(extractor.curls),
        other_tables=extractor.other_tables,
    )


@define
class _Extractor:
    """Takes one part after the other, and remembers under which title it is."""

    has_headings: bool
    endpoints: set[str] = field(factory=set[str])
    media_types: set[str] = field(factory=set[str])
    authorization: str | None = None
    base_url: str | None = None
    tables: list[str] = field(factory=list[str])
    rows: list[Row] = field(factory=list[Row])
    curls: list[CurlExample] = field(factory=list[CurlExample])
    other_tables: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    _title: str = ""
    _awaits_base_url: bool = False

    def take(self, part: Part) -> None:
        match part:
            case Heading(text):
                self._title = text
                self._read_sentence(text)
            case Text(text):
                if not self.has_headings and _is_title(text):
                    self._title = text
                self._read_sentence(text)
            case Table():
                self._read_table(part)
            case Code():
                self._read_code(part)

    def _read_sentence(self, text: str) -> None:
        self.endpoints |= {f"{method} {path.rstrip('.')}" for method, path in _ENDPOINT.findall(text)}
        self.media_types |= {name.casefold() for name in _MEDIA_TYPE.findall(text)}
        if scheme := _AUTHORIZATION.search(text):
            self.authorization = self.authorization or scheme[1]
        names_it = "base url" in text.casefold()
        if (names_it or self._awaits_base_url) and (url := _URL.search(text)):
            self.base_url = self.base_url or url[0].rstrip("/.")
        self._awaits_base_url = names_it

    def _read_code(self, part: Code) -> None:
        commands = list(read_curls(part.text, part.place, self._title))
        if not commands:
            self._read_sentence(" ".join(part.text.split()))
        self.curls += commands

    def _read_table(self, part: Table) -> None:
        title = part.title or self._title or part.place
        if is_parameter_table(part.columns):
            self.tables.append(title)
            self.rows += [_read_row(part, title, cells) for cells in part.rows]
        else:
            self.other_tables[title] = part.columns


def _is_title(text: str) -> bool:
    """Return whether a line of plain text reads as a heading: short, and no sentence, comment or command."""
    is_short = len(text) <= _LONGEST_TITLE
    return (
        is_short
        and not text.endswith((".", "!", "?", ":", ";", ","))
        and not text.startswith(("#", "//", "http"))
    )


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _read_row(table: Table, title: str, cells: Sequence[str]) -> Row:
    texts = dict(_named_cells(table.columns, cells))
    name, _, marks = texts["name"].strip().partition(" ")
    name = name.strip("`*")
    types = _read_types(texts["type"])
    if not re.fullmatch(r"[A-Za-z_][\w.\-]*(?:\[\])?", name) or not types:
        shown = " | ".join(cells)[:80]
        raise UnreadableError(f"{table.place}, `{title}`: a row has no name or no type: {shown}")
    words = f"{marks} {texts['type'].partition('(')[2]}".casefold()
    description = texts["description"]
    facts: dict[str, Fact] = dict(read_facts(f"{description} {marks}".strip(), name))
    default = texts.get("default", "").strip()
    if default not in _NO_DEFAULT:
        facts["default"] = literal(default)
    return Row(title, name, types, _read_required(texts.get("required"), words), facts, description)


def _named_cells(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the text of each column by its meaning; columns of another meaning join the description."""
    texts: dict[str, str] = {"name": "", "type": "", "description": ""}
    described: list[str] = []
    for column, cell in zip(columns, [*cells, *[""] * len(columns)], strict=False):
        meaning = column_meaning(column)
        if meaning in (None, "description"):
            labelled = cell if meaning else f"{column}: {cell}"
            # A cell that spans two columns stands in both.
            if cell and cell not in described:
                described.append(labelled)
        elif not texts.get(meaning):
            texts[meaning] = cell
    texts["description"] = " ".join(described)
    yield from texts.items()


def _read_types(text: str) -> frozenset[str]:
    bare = re.sub(r"\([^)]*\)?", " ", text.replace("`", "")).casefold()
    return frozenset(" ".join(word.split()) for word in _TYPE_SEPARATOR.split(bare) if word.strip())


def _read_required(cell: str | None, marks: str) -> bool | str:
    """Return whether a row is required, from its cell or else from a mark beside its name or type."""
    if cell is None:
        words = set(re.findall(r"\w+|\*", marks))
        return bool(words & {"required", "*"})
    word = cell.strip(" `*.").casefold() or cell.strip()
    known: Mapping[str, bool] = _REQUIRED
    return known.get(word, word)
