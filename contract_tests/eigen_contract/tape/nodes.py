"""Reads typed values from a decoded document, and says where one is not what it should be."""

from datetime import datetime
from typing import Any, TypeVar

from attrs import evolve, frozen

from eigen_contract.exchange import AUTH_CLASSES, ORIGINS, AuthClass, Origin
from eigen_contract.shapes import items, members
from eigen_contract.tape.damage import DamagedError

T = TypeVar("T")


@frozen
class Node:
    """A table of a document, and the words by which messages name it."""

    values: Any
    place: str

    def named(self, label: str) -> "Node":
        """Return the same table, named by its label in messages."""
        return evolve(self, place=f"{self.place} ({label})")

    def has(self, name: str) -> bool:
        return name in members(self.values)

    def table(self, name: str) -> "Node":
        return Node(self._typed(name, dict, "a table"), f"{self.place}, {name}")

    def tables(self, name: str) -> list["Node"]:
        listed = items(self._typed(name, list, "an array"))
        return [Node(value, f"{self.place}, {name} {number}") for number, value in enumerate(listed, 1)]

    def text(self, name: str) -> str:
        return self._typed(name, str, "a string")

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        listed = items(self._typed(name, list, "an array"))
        if not all(isinstance(value, str) for value in listed):
            raise DamagedError(f"{self.place}: {name!r} must be an array of strings")
        return tuple(listed)

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Return an array of arrays of two strings each."""
        pairs = [items(value) for value in items(self._typed(name, list, "an array"))]
        if not all(len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in pairs):
            raise DamagedError(f"{self.place}: {name!r} must be an array of pairs of strings")
        return [(pair[0], pair[1]) for pair in pairs]

    def integer(self, name: str) -> int:
        value = self._typed(name, int, "an integer")
        if isinstance(value, bool):
            raise DamagedError(f"{self.place}: {name!r} must be an integer")
        return value

    def number(self, name: str) -> float | None:
        """Return a number; None where there is none."""
        value = members(self.values).get(name)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        raise DamagedError(f"{self.place}: {name!r} must be a number")

    def moment(self, name: str) -> datetime:
        value: datetime = self._typed(name, datetime, "a date and time")
        if value.tzinfo is None:
            raise DamagedError(f"{self.place}: {name!r} must say its offset from UTC")
        return value

    def origin(self, name: str) -> Origin:
        return self._chosen(name, ORIGINS)

    def auth(self, name: str) -> AuthClass:
        return self._chosen(name, AUTH_CLASSES)

    def header(self, line: str) -> tuple[str, str]:
        """Take a header line apart."""
        name, colon, value = line.partition(": ")
        if not colon:
            raise DamagedError(f"{self.place}: {line!r} is no header; write 'name: value'")
        return name, value

    def _chosen(self, name: str, choices: tuple[T, ...]) -> T:
        text = self.text(name)
        for choice in choices:
            if choice == text:
                return choice
        raise DamagedError(f"{self.place}: {name!r} is {text!r} and must be one of {choices}")

    def _typed(self, name: str, kind: type[T], described: str) -> T:
        value: object = members(self.values).get(name)
        if not isinstance(value, kind):
            raise DamagedError(f"{self.place}: {name!r} must be {described}")
        return value
