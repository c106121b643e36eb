"""Reads HTML as browsers do (lexbor follows the WHATWG standard): parts in their order.

Tables may be of `table` or of elements with ARIA roles; a cell may span columns and rows.
"""

from collections.abc import Iterator, Sequence

from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .columns import is_parameter_table
from .parts import Code, Heading, Part, Table, Text

_NO_CONTENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "nav", "head", "-comment"}
)
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
            "input",
        ),
        *(
            "ins",
            "kbd",
            "label",
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
        ),
        *("u", "var", "wbr"),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th", "cell", "gridcell", "columnheader", "rowheader"})
# HTML lets no cell span more columns than this (https://html.spec.whatwg.org/multipage/tables.html).
_MOST_COLUMNS = 1000
# What documentation sites append to a heading as its link.
_ANCHORS = "#¶§🔗\u200b \n\t"


def read_html(text: str) -> Sequence[Part]:
    """Return the parts of a page."""
    parser = LexborHTMLParser(text)
    reader = _Reader()
    if parser.body is not None:
        reader.read(parser.body)
    reader.end_paragraph()
    return reader.parts


@define
class _Reader:
    """Walks the tree once; inline texts gather to a paragraph until a block begins or ends."""

    parts: list[Part] = field(factory=list[Part])
    _paragraph: list[str] = field(factory=list[str])
    _tables: int = 0
    _codes: int = 0

    def read(self, node: LexborNode) -> None:
        """Add what the node holds."""
        kind = _kind(node)
        if kind in _NO_CONTENT:
            return
        if kind == "-text":
            self._paragraph.append(node.text_content or "")
        elif kind == "br":
            self._paragraph.append(" ")
        elif kind in _HEADINGS or kind == "heading":
            self.end_paragraph()
            self.parts.append(Heading(_one_line(node).rstrip(_ANCHORS)))
        elif kind == "pre" or (kind == "code" and _is_command(node)):
            self.end_paragraph()
            self._codes += 1
            self.parts.append(Code(f"code block {self._codes}", "".join(_code_texts(node))))
        elif kind in ("table", "grid"):
            self._read_table(node)
        elif kind in _INLINE:
            self._read_children(node)
        else:
            self.end_paragraph()
            self._read_children(node)
            self.end_paragraph()

    def _read_children(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            self.read(child)

    def end_paragraph(self) -> None:
        """Add the inline texts that came since the last block as one text."""
        text = " ".join("".join(self._paragraph).split())
        self._paragraph.clear()
        if text:
            self.parts.append(Text(text))

    def _read_table(self, node: LexborNode) -> None:
        self.end_paragraph()
        rows = list(_rows(node))
        grid = _expand(rows)
        heading = next((number for number, row in enumerate(grid) if is_parameter_table(row)), None)
        if heading is None and rows and all(_kind(cell) in ("th", "columnheader") for cell in rows[0]):
            heading = 0
        if heading is None:
            # It lists nothing: a table that only lays out the page, or numbers the lines of code.
            self._read_children(node)
            return
        self._tables += 1
        captions = [_one_line(caption) for caption in node.css("caption")]
        captions += [row[0] for row in grid[:heading] if len(set(row)) == 1]
        # A row of one cell across the whole table is a label between rows.
        below = [row for row in grid[heading + 1 :] if len(set(row)) > 1 or len(row) == 1]
        title = captions[0] if captions and captions[0] else None
        place = f"table {self._tables}"
        self.parts.append(Table(place, tuple(grid[heading]), tuple(map(tuple, below)), title))
        for row in rows[heading + 1 :]:
            self._read_nested_tables(row)

    def _read_nested_tables(self, row: list[LexborNode]) -> None:
        """Read tables that stand in cells as tables of their own, headed by the name of the row."""
        for cell in row:
            for table in _outermost_tables(cell):
                self.parts.append(Heading(_one_line(row[0])))
                self._read_table(table)


def _is_command(node: LexborNode) -> bool:
    """Return whether code that stands in no `pre` is a whole command, and no word of a sentence."""
    text = node.text().lstrip("$ \n")
    return text.startswith("curl ") and "://" in text


def _kind(node: LexborNode) -> str:
    """Return the ARIA role of a node if it has one that matters here, or else its tag."""
    role = (node.attributes.get("role") or "") if node.is_element_node else ""
    return role if role in {"table", "grid", "row", "heading", *_CELLS} else (node.tag or "")


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the cells of each row, but not those of tables inside."""
    for child in table.iter():
        if _kind(child) in ("tr", "row"):
            cells = [cell for cell in child.iter() if _kind(cell) in _CELLS]
            if cells:
                yield cells
        elif _kind(child) not in ("table", "grid"):
            yield from _rows(child)


def _outermost_tables(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.iter():
        if _kind(child) in ("table", "grid"):
            yield child
        else:
            yield from _outermost_tables(child)


def _expand(rows: list[list[LexborNode]]) -> list[list[str]]:
    """Return the texts of a table as a grid: a cell that spans columns or rows stands in each of them."""
    grid: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}
    for cells in rows:
        texts: list[str] = []
        following: dict[int, tuple[int, str]] = {}
        waiting = list(cells)
        while waiting or len(texts) in spanning:
            if len(texts) in spanning:
                left, text = spanning[len(texts)]
                if left > 1:
                    following[len(texts)] = (left - 1, text)
                texts.append(text)
                continue
            cell = waiting.pop(0)
            text = _one_line(cell)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    following[len(texts)] = (_span(cell, "rowspan") - 1, text)
                texts.append(text)
        spanning = following
        grid.append(texts)
    return grid


def _span(cell: LexborNode, name: str) -> int:
    text = cell.attributes.get(name) or "1"
    return min(max(int(text), 1), _MOST_COLUMNS) if text.isascii() and text.isdecimal() else 1


def _one_line(node: LexborNode) -> str:
    """Return the text of a heading or a cell; what is marked as code stands in backticks."""
    return " ".join("".join(_inline_texts(node)).split())


def _inline_texts(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        kind = _kind(child)
        if kind == "-text":
            yield child.text_content or ""
        elif kind == "code":
            # Inline code keeps its marks, because `png` or `jpeg` are values where png or jpeg may be prose.
            yield f"`{' '.join(child.text().split())}`"
        elif kind not in _NO_CONTENT and kind not in ("table", "grid"):
            # Words of two blocks do not run into each other.
            space = "" if kind in _INLINE else " "
            yield space
            yield from _inline_texts(child)
            yield space


def _code_texts(node: LexborNode) -> Iterator[str]:
    """Yield the text of code; highlighters put each line into an element, or break lines by `br`."""
    for child in node.iter(include_text=True):
        kind = _kind(child)
        if kind == "-text":
            yield child.text_content or ""
        elif kind == "br":
            yield "\n"
        elif kind not in _NO_CONTENT:
            yield from _code_texts(child)
            if kind not in _INLINE:
                yield "\n"
