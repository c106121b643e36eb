"""The default of arguments that are left out."""


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
