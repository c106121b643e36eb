"""The errors of the generator, as messages of one line: place, problem, and what to do."""

from collections.abc import Sequence
from pathlib import Path


class GeneratorError(Exception):
    """A fault in the input of the generator. The command line prints it and exits with status 2.

    `problem` names the fault. `where` is a file, `line` a line of it (the first is 1), `pointer` a JSON
    pointer (RFC 6901) into it. `hint` says what to do.
    """

    def __init__(
        self,
        problem: str,
        *,
        where: Path | str | None = None,
        line: int | None = None,
        pointer: str | None = None,
        hint: str = "",
    ) -> None:
        place = f"{where}" if where is not None else ""
        if line is not None:
            place += f":{line}"
        if pointer is not None:
            place += f"{' ' if place else ''}#{pointer}"
        super().__init__(
            ": ".join(part for part in (place, problem) if part) + (f" ({hint})" if hint else "")
        )
        self.problem = problem
        self.where = where
        self.pointer = pointer
        self.hint = hint


class SeveralFaultsError(GeneratorError):
    """Several faults, each with its own place; the message joins their messages."""

    def __init__(self, faults: Sequence[GeneratorError]) -> None:
        super().__init__("; ".join(dict.fromkeys(map(str, faults))))
        self.faults = tuple(faults)
