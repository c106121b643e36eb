"""Names that generated modules define. They stand for the objects that have these names in the client."""


class GeneratedName(str):
    """A name in a generated module: it stands where the runtime's vocabulary has a class or a constant.

    `rendering.source` prints it without quotes.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
