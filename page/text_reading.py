"""Reads plain text, as browsers save or copy a page.

The cells of a row run together, or have tabs or spaces between them, or stand on a line each. A row whose
cells run together, such as `sizestringOptionalThe size.`, is split by its type and its requirement, which are
words of a closed list. What cannot be split is refused with its line, never left out.
"""

import re
from collections.abc import Sequence

from attrs import define, field

from .columns import HEADING_WORDS, ColumnMeaning, column_meaning, is_parameter_table
from .errors import UnreadableError
from .parts import Code, Part, Table, Text

_TYPE = (
    r"(?:strings?|numbers?|integers?|booleans?|objects?|arrays?|files?|binary|floats?|doubles?|ints?|bools?|any|null|"
    r"enums?|date(?:time)?|ur[il]|base64)(?:\s+of\s+\w+?|<\w+>)?(?:\[\])*"
)
_PATTERNS: dict[ColumnMeaning, str] = {
    "name": r"(?P<name>[A-Za-z_][\w.\-]*?(?:\[\])?)",
    "type": rf"(?P<type>{_TYPE}(?:\s*(?:\\?\||/|\bor\b)\s*{_TYPE})*)",
    "required": r"(?P<required>Required|Optional|Conditional|Yes|No|required|optional)",
    # Where it ends cannot be seen unless the description begins with a capital letter.
    "default": r"(?P<default>-?\d+(?:\.\d+)?|\"[^\"]*\"|`[^`]*`|[a-z0-9_./-]+|—|\u2013|-|)",
    "description": r"(?P<description>.*)",
}
_SEPARATORS = {"tabs": re.compile(r"\t+"), "spaces": re.compile(r"\s{2,}|\t+")}
# A row that ran together has these words amid its letters.
_RUN_TOGETHER = re.compile(r"\w(?:Required|Optional)(?=[A-Z]|$)")
_SENTENCE_ENDS = (".", "!", "?", ":", ")")


def read_text(text: str) -> Sequence[Part]:
    """Return the parts of a page. Raises UnreadableError for a row or a command that cannot be read."""
    reader = _Reader([line.strip("\r\n\u200b\ufeff") for line in text.splitlines()])
    return reader.read()


@define
class _Reader:
    """Goes through the lines once."""

    lines: list[str]
    number: int = 0
    parts: list[Part] = field(factory=list[Part])

    def read(self) -> Sequence[Part]:
        while self.number < len(self.lines):
            line = self.lines[self.number].strip()
            if re.match(r"(?:[$>]\s*)?curl\s", line):
                self._read_command()
            elif columns := _split_heading(line):
                self.number += 1
                self._read_rows(columns, _Splitter.of(self.lines[self.number - 1], columns))
            elif columns := self._stacked_heading():
                self.number += len(columns)
                self._read_stacked_rows(columns)
            else:
                self.number += 1
                if line:
                    self.parts.append(Text(line))
        return self.parts

    def _read_command(self) -> None:
        """Take the lines of a command: to the end of its quotes, and on after a backslash."""
        first = self.number
        while self.number < len(self.lines):
            self.number += 1
            text = "\n".join(self.lines[first : self.number])
            if not text.rstrip().endswith("\\") and _quotes_are_closed(text):
                self.parts.append(Code(f"line {first + 1}", text))
                return
        raise UnreadableError(f"line {first + 1}: this curl command has no end; is a quote missing?")

    def _read_rows(self, columns: Sequence[str], splitter: "_Splitter") -> None:
        place = f"line {self.number}"
        rows: list[tuple[str, ...]] = []
        while self.number < len(self.lines):
            line = self.lines[self.number].strip()
            row = splitter.split(line) if line else None
            if row is not None:
                rows.append(row)
            elif not line and self._goes_on_below(splitter):
                pass
            elif line and rows and _is_broken_row(line):
                raise UnreadableError(
                    f"line {self.number + 1}: cannot split this row into {', '.join(columns)}: {line[:60]}; "
                    "save the page as HTML, which keeps the cells apart"
                )
            elif line and rows and not rows[-1][-1].rstrip().endswith(_SENTENCE_ENDS):
                # A description that was wrapped at the edge of a window.
                rows[-1] = (*rows[-1][:-1], f"{rows[-1][-1]} {line}".strip())
            else:
                break
            self.number += 1
        if not rows:
            raise UnreadableError(f"line {self.number}: the table has a heading and no row that can be read")
        self.parts.append(Table(place, tuple(columns), tuple(rows)))

    def _goes_on_below(self, splitter: "_Splitter") -> bool:
        """Whether the next line that is not empty is one more row."""
        following = next((line.strip() for line in self.lines[self.number :] if line.strip()), "")
        return splitter.split(following) is not None

    def _stacked_heading(self) -> list[str]:
        """Return the headings if they stand here on a line each, at least a name and a type."""
        columns: list[str] = []
        for line in self.lines[self.number :]:
            if column_meaning(line) is None:
                break
            columns.append(line.strip())
        return columns if is_parameter_table(columns) else []

    def _read_stacked_rows(self, columns: Sequence[str]) -> None:
        place = f"line {self.number - len(columns) + 1}"
        lines = self.lines
        rows: list[tuple[str, ...]] = []
        fixed = [number for number, column in enumerate(columns) if column_meaning(column) != "description"]
        while cells := _stacked_cells(lines, self.number, columns, fixed):
            rows.append(cells[0])
            self.number = cells[1]
        if not rows:
            raise UnreadableError(f"{place}: the table has a heading and no row that can be read")
        self.parts.append(Table(place, tuple(columns), tuple(rows)))


@define
class _Splitter:
    """Splits a row as its heading is split: at tabs, at several spaces, or by the words themselves."""

    separator: re.Pattern[str] | None
    pattern: re.Pattern[str]
    columns: Sequence[str]

    @classmethod
    def of(cls, heading: str, columns: Sequence[str]) -> "_Splitter":
        parts = [_PATTERNS[meaning] for column in columns if (meaning := column_meaning(column))]
        separators = [
            each for each in _SEPARATORS.values() if len(each.split(heading.strip())) == len(columns)
        ]
        return cls(separators[0] if separators else None, re.compile(r"\s*".join(parts)), columns)

    def split(self, line: str) -> tuple[str, ...] | None:
        """Return the cells of a row, or None if the line is not a row."""
        if self.separator is None:
            match = self.pattern.fullmatch(line)
            return match.groups() if match else None
        cells = self.separator.split(line, maxsplit=len(self.columns) - 1)
        cells += [""] * (len(self.columns) - len(cells))
        fits = all(_fits(column, cell) for column, cell in zip(self.columns, cells, strict=True))
        return tuple(cells) if fits else None


def _fits(column: str, cell: str) -> bool:
    """Whether a cell holds what its column has."""
    meaning = column_meaning(column)
    if meaning == "required" and not cell:
        return True
    return meaning is None or re.fullmatch(_PATTERNS[meaning], cell.strip("` ")) is not None


def _is_broken_row(line: str) -> bool:
    return _RUN_TOGETHER.search(line) is not None or "\t" in line


def _split_heading(line: str) -> list[str]:
    """Return the headings of a line that holds nothing but headings, at least of a name and a type."""
    columns: list[str] = []
    rest = line
    while rest:
        words = [word for word in HEADING_WORDS if rest.casefold().startswith(word)]
        if not words:
            return []
        columns.append(rest[: len(words[0])])
        rest = rest[len(words[0]) :].lstrip("?* \t")
    return columns if is_parameter_table(columns) else []


def _stacked_cells(
    lines: Sequence[str], start: int, columns: Sequence[str], fixed: Sequence[int]
) -> tuple[tuple[str, ...], int] | None:
    """Return the cells of a row that stand on a line each, and the line after it; None if there is no row."""
    number = start
    cells = [""] * len(columns)
    for column in fixed:
        while number < len(lines) and not lines[number].strip():
            number += 1
        if number == len(lines) or not _fits(columns[column], lines[number].strip()):
            return None
        cells[column] = lines[number].strip()
        number += 1
    if len(fixed) < len(columns):
        following = number
        while following < len(lines) and not lines[following].strip():
            following += 1
        # The description may be empty, and then the next row comes at once.
        if following < len(lines) and _stacked_cells(lines, following, columns[: len(fixed)], fixed) is None:
            cells[-1] = lines[following].strip()
            number = following + 1
    return tuple(cells), number


def _quotes_are_closed(text: str) -> bool:
    """Whether every quote of a shell command is closed."""
    quote = ""
    escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
    return not quote
