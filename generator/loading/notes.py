"""What a step changed in a document, for `explain`."""

from attrs import frozen


@frozen
class Note:
    """One change at one place: the pointer, the name of the function that made it, and its reason."""

    pointer: str
    change: str
    reason: str
