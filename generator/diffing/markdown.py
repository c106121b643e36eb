"""Markdown that shows texts of a contract as they are, whatever they hold.

A contract of a pull request is written by anyone. So no text of it stands in the Markdown bare: each is in a
code span or a code block, where GitHub renders neither HTML nor links, mentions, images and references to
issues (https://github.github.com/gfm/#code-spans).
"""

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

# GitHub refuses a longer comment than 65,536 characters, and one beyond U+FFFF may count as two. The rest is
# for what a program adds that posts it, such as a mark by which it finds the comment again.
MAX_COMMENT = 65_536 - 200
_BACKTICKS = re.compile("`+")
# Characters that are invisible or change the direction of what follows: a text could look like another.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def code_span(text: object, limit: int = 120) -> str:
    """Return a text as a code span on one line, cut to `limit` characters."""
    line = " ".join(_show_unseen(str(text)).split())
    if len(line) > limit:
        line = f"{line[: limit - 1]}…"
    # A fence that is longer than every run of backticks inside cannot be closed by the text.
    fence = "`" * (_longest_run(line) + 1)
    padding = " " if not line or line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{padding}{line or ' '}{padding}{fence}"


def code_block(lines: Sequence[str], language: str = "") -> str:
    """Return lines as a fenced code block."""
    shown = [_show_unseen(line).replace("\n", " ") for line in lines]
    fence = "`" * max(3, _longest_run("\n".join(shown)) + 1)
    return "\n".join([f"{fence}{language}", *shown, fence])


def _show_unseen(text: str) -> str:
    """Return a text with escapes in the place of characters that are not seen; tabs and newlines stay."""
    return _UNSEEN.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)


@frozen
class Section:
    """A part of a comment: a heading, and entries of which some may be left out for want of room.

    `heading` is Markdown, or plain text if `folded`. An entry is a whole block or item, so that no fence
    stays open when the next one is left out.
    """

    heading: str
    entries: tuple[str, ...]
    folded: bool = False


def assemble(head: str, sections: Iterable[Section], limit: int = MAX_COMMENT) -> str:
    """Return a comment of at most `limit` characters. Says in each section how many entries are left out."""
    listed = list(sections)
    # What every section needs even if all of its entries are left out.
    reserved = sum(_size(_render(section, 0)) for section in listed)
    room = limit - _size(head) - reserved - 2
    blocks = [head]
    for section in listed:
        count = 0
        for entry in section.entries:
            room -= _size(entry) + 2
            if room < 0:
                room += _size(entry) + 2
                break
            count += 1
        blocks.append(_render(section, count))
    return "\n\n".join(blocks) + "\n"


def _render(section: Section, count: int) -> str:
    """Return a section with its first `count` entries."""
    separator = "\n" if all(entry.startswith("- ") for entry in section.entries) else "\n\n"
    parts = [separator.join(section.entries[:count])] if count else []
    left_out = len(section.entries) - count
    if left_out:
        parts.append(f"{left_out} more are left out here.")
    if section.folded:
        # The blank lines end the block of HTML, so that Markdown is read again.
        return "\n\n".join(
            [f"<details>\n<summary>{section.heading}</summary>", *parts, "</details>"],
        )
    return "\n\n".join([section.heading, *parts])


def _size(text: str) -> int:
    """Return the length in UTF-16 code units, the largest that a character limit can mean."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
