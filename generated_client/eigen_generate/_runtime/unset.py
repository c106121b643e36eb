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
    return {name: value for name, value in variables.items() if name not in _OF_EVERY_METHOD}
