"""The commands of `docs/contract-change.md`, which the year types as they are printed."""

import re
from pathlib import Path

import attrs

from tests.documents.blocks import Block, read_blocks

PAGE = Path(__file__).parents[2] / "docs" / "contract-change.md"


@attrs.frozen
class Chapter:
    """A part of the page: its heading, and its blocks."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def script(self) -> str:
        """The commands of the chapter, in their order."""
        return "\n".join("\n".join(block.lines) for block in self.blocks if block.language == "sh") + "\n"

    @property
    def printed(self) -> list[str]:
        """The lines that the page shows as printed by the commands."""
        return [line for block in self.blocks if block.language == "text" for line in block.lines]


def read_chapters(page: Path = PAGE) -> dict[str, Chapter]:
    """Return the chapters of the page that have commands, by their headings."""
    lines = page.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines, 1) if re.match(r"## \S", line)]
    blocks = read_blocks(page)
    chapters: dict[str, Chapter] = {}
    for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        inside = tuple(block for block in blocks if start < block.first_line < end)
        if inside:
            heading = lines[start - 1].removeprefix("## ").strip()
            chapters[heading] = Chapter(heading, inside)
    return chapters
