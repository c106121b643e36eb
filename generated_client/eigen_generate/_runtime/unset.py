"""The default of arguments that are left out."""

from collections.abc import Mapping
from typing import Any


class Unset:
    """The type of `UNSET`, its only instance.

    It is false, and stays the same object when pickled or copied.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET = Unset()


def without_unset(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that were given."""
    return {name: value for name, value in arguments.items() if value is not UNSET}
