"""Builds HTML in which every text is escaped: what a server says must not become a part of the page."""

from html import escape


class Markup(str):
    """HTML that is ready to stand in a page."""

    __slots__ = ()


VOID = frozenset({"input", "meta", "br", "img"})
"""Elements without an end tag (WHATWG HTML, section 13.1.2)."""


def element(tag: str, *children: str, **attributes: str | bool) -> Markup:
    """Build an element.

    Args:
        children: texts, which are escaped, and `Markup`, which is not.
        attributes: `class_` and `for_` stand for the words that Python keeps; `_` within a name is a hyphen;
            True makes an attribute without a value, False none.
    """
    opening = "".join([tag, *(attribute(name, value) for name, value in attributes.items())])
    if tag in VOID:
        return Markup(f"<{opening}>")
    return Markup(f"<{opening}>{joined(*children)}</{tag}>")


def attribute(name: str, value: str | bool) -> str:
    """Write one attribute with the space before it."""
    written = name.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {written}" if value else ""
    return f' {written}="{escape(value)}"'


def joined(*children: str) -> Markup:
    """Put texts and markup behind each other."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))
