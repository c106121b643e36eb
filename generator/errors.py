"""What can go wrong in the factory, said in one line: where, what, what to do."""

from collections.abc import Sequence
from pathlib import Path


class GeneratorError(Exception):
    """A fault in what the factory was given. The command line prints it and exits with 2.

    `where` is a file, with `:line` if known; `pointer` a JSON pointer (RFC 6901) into it; `hint` says
    what to do instead.
    """

    def __init__(
        self,
        what: str,
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
        super().__init__(": ".join(part for part in (place, what) if part) + (f" ({hint})" if hint else ""))
        self.what = what
        self.where = where
        self.pointer = pointer
        self.hint = hint


class SeveralFaultsError(GeneratorError):
    """Several faults, each at a place of its own; its message is those of all."""

    def __init__(self, each: Sequence[GeneratorError]) -> None:
        super().__init__("; ".join(dict.fromkeys(map(str, each))))
        self.each = tuple(each)
