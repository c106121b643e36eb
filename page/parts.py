"""What a saved page consists of, whatever its format: headings, texts, tables and code in their order."""

from attrs import frozen


@frozen
class Heading:
    """A heading that the page's markup calls one."""

    text: str


@frozen
class Text:
    """One paragraph of HTML, or one line of plain text."""

    text: str


@frozen
class Table:
    """A table: the cells of its heading row, and those of each row below it.

    `place` says where a reader finds it in the file: `line 31`, or `table 2`. `title` is the caption, if the
    table has one of its own.
    """

    place: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str | None = None


@frozen
class Code:
    """A block of code, with its line breaks."""

    place: str
    text: str


Part = Heading | Text | Table | Code
