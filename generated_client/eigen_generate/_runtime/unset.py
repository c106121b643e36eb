"""Arguments that were not given, and those that were."""

from collections.abc import Mapping

_OF_EVERY_METHOD = frozenset({"self", "extra", "timeout", "retry_unknown"})


class Unset:
    """The type of `UNSET`: false, alone of its kind, and itself again after pickling or copying."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET = Unset()


def members(variables: Mapping[str, object]) -> dict[str, object]:
    """The members of a request among the variables of a method, which are its arguments."""
    return {name: value for name, value in variables.items() if name not in _OF_EVERY_METHOD}
