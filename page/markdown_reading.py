"""Reads Markdown, which a library turns into HTML first."""

from collections.abc import Sequence

from markdown_it import MarkdownIt

from .html_reading import read_html
from .parts import Part


def read_markdown(text: str) -> Sequence[Part]:
    """Return the parts of a page in Markdown, with the tables of GitHub's dialect."""
    return read_html(str(MarkdownIt("commonmark").enable("table").render(text)))
