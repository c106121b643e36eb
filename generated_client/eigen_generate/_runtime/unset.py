"""Arguments that were not given."""


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
