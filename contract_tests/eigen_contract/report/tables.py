"""Tables of the page. In a narrow window each row becomes a list, so that no column is out of sight."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from eigen_contract.report.markup import Markup, element

NUMBERS = frozenset(
    {
        *("exchanges", "findings", "seconds", "accepted", "refused", "status", "times"),
        *("answers", "median", "p95", "longest"),
    }
)
"""Names of columns that hold numbers."""


@frozen
class Row:
    """A row before it is known which columns it stands under."""

    cells: tuple[str, ...]
    marked: str
    """The text of the one cell that tells how things stand; empty if none does."""
    data: Mapping[str, str]
    """What filters choose by."""


def row(*cells: str, marked: str = "", **data: str) -> Row:
    """Build a row.

    Args:
        marked: the text of the one cell that tells how things stand.
        data: what filters choose by.
    """
    return Row(cells, marked, data)


def table(caption: str, names: Sequence[str], rows: Iterable[Row], name: str = "") -> Markup:
    """Build a table that scrolls by itself; `name` is the id of its body, for filters."""
    head = element("tr", *(element("th", column, scope="col", class_=kind_of(column)) for column in names))
    built = [row_element(names, content) for content in rows]
    body = element("tbody", *built, id=name) if name else element("tbody", *built)
    whole = element("table", element("caption", caption), element("thead", head), body)
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def kind_of(column: str) -> str:
    return "number" if column in NUMBERS else "text"


def row_element(names: Sequence[str], content: Row) -> Markup:
    attributes = {f"data_{name}": value for name, value in content.data.items()}
    cells = [
        cell(text, name, bool(content.marked) and text == content.marked)
        for name, text in zip(names, content.cells, strict=True)
    ]
    return element("tr", *cells, data_item=bool(content.data), **attributes)


def cell(text: str, column: str, is_mark: bool) -> Markup:
    """Build a cell: a number to the right, a state as a mark whose colour only repeats its word."""
    if is_mark:
        mark = element("span", text, class_=f"mark {text.replace(' ', '-')}")
        return element("td", mark, data_label=column)
    is_number = text.replace(".", "").isdecimal()
    return element("td", text, class_="number" if is_number else "text", data_label=column)
