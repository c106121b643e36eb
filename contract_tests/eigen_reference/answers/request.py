"""A request that keeps the contract, as the answers read it."""

from typing import Any

from attrs import frozen

from ..engines.engines import Engines
from ..forms import Upload


@frozen
class Request:
    """`values` hold every member but the files, read by their declared types.

    `model` is the one that serves. `cheap` says that dear work is to raise DearWorkError instead.
    """

    model: str
    values: dict[str, Any]
    files: dict[str, list[Upload]]
    engines: Engines
    cheap: bool = False

    def text(self, name: str, default: str = "") -> str:
        """Return a text member, or `default` if it is left out."""
        value = self.values.get(name)
        return value if isinstance(value, str) else default

    def flag(self, name: str) -> bool:
        """Return whether a boolean member is there and true."""
        return self.values.get(name) is True

    def file(self, *names: str) -> tuple[str, bytes] | None:
        """Return the name and content of the first upload among `names`, or None."""
        return next(((name, self.files[name][0].content) for name in names if name in self.files), None)
