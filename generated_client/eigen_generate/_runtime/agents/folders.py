"""Which files a tool may read, and where results go: in folders that the user names, and nowhere else."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from ..command_line.new_files import save_new
from ..errors import ArgumentError
from ..response.saving import StrPath


class Folders(NamedTuple):
    """The folder of results, and those whose files may be read; all are absolute and hold no links."""

    results: Path
    readable: tuple[Path, ...]

    @classmethod
    def open(cls, results: Path, readable: Sequence[Path]) -> "Folders":
        """Make the folder of results if it is missing. It may be read, too; raises OSError."""
        results.mkdir(parents=True, exist_ok=True)
        return cls(
            results.resolve(strict=True), tuple(path.resolve(strict=True) for path in (results, *readable))
        )

    def find_file(self, argument: str, path: str) -> Path:
        """Return a file that may be read; raises ArgumentError.

        A relative path is searched for in each folder. A link that leads out of the folders is refused, as is
        a path that does.
        """
        for folder in self.readable:
            try:
                candidate = (folder / path).resolve()
                is_file = candidate.is_file()
            except (OSError, RuntimeError, ValueError):  # too long, links in a circle, or a NUL
                continue
            if is_file and any(candidate.is_relative_to(allowed) for allowed in self.readable):
                return candidate
        allowed = ", ".join(map(str, self.readable))
        # The same words for a file that is not there: what exists elsewhere is not for agents to find out.
        raise ArgumentError(f"{argument}: there is no file {path!r} in {allowed}; nothing was sent")

    def find_files(self, arguments: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
        """Return the arguments with the files that `names` say in the place of their paths."""
        found = dict(arguments)
        for name in names:
            value = arguments.get(name)
            if isinstance(value, list):
                found[name] = [self.find_file(name, str(path)) for path in cast("list[object]", value)]
            elif value is not None:
                found[name] = self.find_file(name, str(value))
        return found

    def save(self, save_to: Callable[[StrPath], Path], name: str) -> Path:
        """Save a result under a name that no file has, and return its path; raises SDKError.

        The folder is made again if it was removed: the result is paid for.
        """
        with contextlib.suppress(OSError):  # saving says why
            self.results.mkdir(parents=True, exist_ok=True)
        return save_new(save_to, name, folder=self.results)
