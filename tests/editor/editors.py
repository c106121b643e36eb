"""What a test asks of an editor, whichever engine answers."""

from pathlib import Path
from typing import NamedTuple, Protocol


class Cursor(NamedTuple):
    """A place in a document, counted from zero; a column is before the character of that number."""

    line: int
    column: int


class Document:
    """A module that a user is writing. Each marker `|` in an added line is a cursor, not text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join([*self._lines, ""])

    def add(self, line: str) -> None:
        """Append a line without a cursor."""
        self._lines.append(line)

    def mark(self, line: str) -> Cursor:
        """Append a line, and return the cursor that its marker shows."""
        before, marker, after = line.partition("|")
        assert marker, line
        self._lines.append(before + after)
        return Cursor(len(self._lines) - 1, len(before))


class Parameter(NamedTuple):
    """A parameter as signature help shows it; no annotation and no default are None."""

    name: str
    annotation: str | None
    default: str | None


class Editor(Protocol):
    """An engine behind an editor."""

    evaluates_literals: bool
    """Whether the engine chooses an overload by the value of an argument."""
    shows_async_overloads: bool
    """Whether signature help shows the overloads of a coroutine function, or its implementation alone."""

    def show(self, document: Document) -> None:
        """Show a document to the engine, before the questions of a test about it."""
        ...

    def completions(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names that are offered; keyword arguments end in `=`."""
        ...

    def signatures(self, document: Document, cursor: Cursor) -> list[list[Parameter]]:
        """Return the parameters of each signature that is shown inside a call's parentheses."""
        ...

    def documentation(self, document: Document, cursor: Cursor) -> list[str]:
        """Return the lines of documentation that hovering shows, as the user sees them."""
        ...

    def definitions(self, document: Document, cursor: Cursor) -> set[tuple[Path, int]]:
        """Return file and line, counted from one, of what go-to-definition offers."""
        ...

    def types(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names of the classes that the variable's value may have."""
        ...


def parse_parameter(text: str) -> Parameter:
    """Parse the source text of a parameter, which may be the bare `*` or `/` between parameters."""
    declaration, _, default = text.partition("=")
    name, _, annotation = declaration.partition(":")
    return Parameter(name.strip().lstrip("*"), annotation.strip() or None, default.strip() or None)
