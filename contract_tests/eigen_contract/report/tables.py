"""Tables of the page."""

from collections.abc import Iterable, Sequence

from eigen_contract.report.markup import Markup, element


def table(caption: str, names: Sequence[str], rows: Iterable[Markup], name: str = "") -> Markup:
    """Build a table that scrolls by itself; `name` is the id of its body, for filters."""
    head = element("tr", *(element("th", one, scope="col", class_=kind_of(one)) for one in names))
    body = element("tbody", *rows, id=name) if name else element("tbody", *rows)
    whole = element("table", element("caption", caption), element("thead", head), body)
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


NUMBERS = frozenset({"exchanges", "findings", "seconds", "accepted", "refused", "status", "times"})
"""Names of columns that hold numbers."""


def kind_of(column: str) -> str:
    return "number" if column in NUMBERS else "text"


def row(*cells: str, marked: str = "", **data: str) -> Markup:
    """Build a row.

    Args:
        marked: the text of the one cell that tells how things stand.
        data: what filters choose by.
    """
    kept = {f"data_{name}": value for name, value in data.items()}
    built = [cell(text, text == marked and bool(marked)) for text in cells]
    return element("tr", *built, data_item=bool(data), **kept)


def cell(text: str, is_mark: bool) -> Markup:
    """Build a cell: a number to the right, a state as a mark whose colour only repeats its word."""
    if is_mark:
        return element("td", element("span", text, class_=f"mark {text.replace(' ', '-')}"))
    return element("td", text, class_="number" if text.replace(".", "").isdecimal() else "text")
