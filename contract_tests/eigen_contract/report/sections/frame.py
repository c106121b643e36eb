"""What sections are made of: the frame with its heading, and pairs of a term and its values."""

from collections.abc import Iterable

from eigen_contract.report.markup import Markup, element


def section(name: str, *children: str) -> Markup:
    """Build a section; its name is its heading and its address in the page."""
    title = element("h2", name.capitalize(), id=f"{name}-title")
    return element("section", title, *children, id=name, aria_labelledby=f"{name}-title")


def term(name: str, *values: str) -> Iterable[Markup]:
    """Build an entry of a description list."""
    return element("dt", name), element("dd", *values)


def times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
