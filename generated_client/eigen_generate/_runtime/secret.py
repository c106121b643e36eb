from collections.abc import Callable
from typing import Any, NoReturn


class Secret:
    __slots__ = ("reveal",)

    reveal: Callable[[], str]

    def __init__(self, value: str) -> None:
        self.reveal = lambda: value

    def __repr__(self) -> str:
        return "Secret('**********')"

    def __format__(self, specification: str) -> str:
        return format(repr(self), specification)

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: make the client anew in the other process")

    def redact(self, text: str) -> str:
        key = self.reveal()
        return text.replace(key, "[redacted]") if key else text

    def redact_bytes(self, content: bytes) -> bytes:
        key = self.reveal().encode()
        return content.replace(key, b"[redacted]") if key else content
