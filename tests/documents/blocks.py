"""The code blocks of a Markdown document, and what a reader does with each."""

import re
from pathlib import Path

import attrs

RUNNABLE = ("sh", "python", "text")
# The title is the name of the file that a reader saves the block as.
_FENCE = re.compile(r'```(?P<language>\S*)(?: title="(?P<title>[\w./-]+)")?$')
# Stands in the line above a fence and names the reason, for readers of the source. A page does not show it.
_NOT_RUN = re.compile(r"<!-- not run: \S.* -->$")


class DocumentError(Exception):
    """A block is neither of a kind that can be run nor marked as one that is not run."""


@attrs.frozen
class Block:
    """One fenced block: its language, the number of its first line, its lines, and its file name if any."""

    language: str
    first_line: int
    lines: tuple[str, ...]
    title: str | None = None

    @property
    def padded(self) -> str:
        """The block, each line at its number in the document, so that messages name the right one."""
        return "\n" * (self.first_line - 1) + "\n".join(self.lines) + "\n"

    def replace(self, old: str, new: str) -> "Block":
        """Return the block with `new` in the place of `old`."""
        return attrs.evolve(self, lines=tuple(line.replace(old, new) for line in self.lines))

    @property
    def starts_program(self) -> bool:
        """Whether a reader saves it as a file of its own: it begins with imports.

        Any other Python block goes on where the Python block above it ends.
        """
        return self.lines[0].startswith(("import ", "from "))


def read_blocks(document: Path) -> list[Block]:
    """Return the blocks that a reader runs, and the outputs that a reader is shown, in their order.

    A block with a title is a file, in any language. Raises DocumentError for any other block that is not of
    a language of RUNNABLE, and for an indented one, unless a fence has the comment `<!-- not run: REASON -->`
    in the line above it.
    """
    lines = document.read_text(encoding="utf-8").splitlines()
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence is None:
            _refuse_indented(document, lines, number)
            number += 1
            continue
        end = lines.index("```", number + 1)
        if number == 0 or not _NOT_RUN.match(lines[number - 1]):
            block = Block(fence["language"], number + 2, tuple(lines[number + 1 : end]), fence["title"])
            _refuse_unknown_language(document, block)
            blocks.append(block)
        number = end + 1
    return blocks


def _refuse_unknown_language(document: Path, block: Block) -> None:
    """Raise DocumentError for what is neither a file nor a block that a reader could run or compare."""
    if block.title is None and block.language not in RUNNABLE:
        language = block.language or "no language"
        raise DocumentError(
            f"{document.name}:{block.first_line}: a block of {language} cannot be run; "
            f"use one of {', '.join(RUNNABLE)}, give it a title, or write <!-- not run: REASON --> above it"
        )


def _refuse_indented(document: Path, lines: list[str], number: int) -> None:
    """Refuse what Markdown shows as code although no fence says so: four spaces below an empty line."""
    if lines[number].startswith("    ") and number and not lines[number - 1]:
        raise DocumentError(f"{document.name}:{number + 1}: an indented block; use a fence with a language")
