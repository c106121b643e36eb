"""An OpenAPI document, and the line on which each of its values stands."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from ..errors import GeneratorError
from .json_data import Json
from .origins import original_pointer


@frozen(eq=False)
class Document:
    """An OpenAPI document: its file, its data, and the line of each JSON pointer.

    `source` is the data as written, if `data` was lowered. Two documents are equal only if they are the same
    object, so that a cache can have them as keys.
    """

    path: Path
    data: dict[str, Json]
    lines: Mapping[str, int]
    source: dict[str, Json] | None = None

    def error(self, pointer: str, problem: str, hint: str = "") -> GeneratorError:
        """Return an error at `pointer`, with the line of the value there or of its nearest parent.

        If `data` was lowered, the error has the pointer into the data as written.
        """
        if self.source is not None:
            pointer = original_pointer(pointer, self.data, self.source)
        place = pointer
        while place and place not in self.lines:
            place = place.rpartition("/")[0]
        return GeneratorError(
            problem, where=self.path, line=self.lines.get(place), pointer=pointer, hint=hint
        )

    @contextmanager
    def locating_errors(self) -> Generator[None]:
        """Add the file and the line to errors that know only their pointer."""
        try:
            yield
        except GeneratorError as error:
            if error.where is not None or error.pointer is None:
                raise
            raise self.error(error.pointer, error.problem, error.hint) from error
