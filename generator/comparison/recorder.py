"""Collects changes: one for each fact, however many ways lead to it."""

from typing import Any, TypedDict

from attrs import define, evolve, field, frozen

from ..loading.document import Document
from ..model.sdk import Sdk
from .change import Change
from .kinds import KINDS
from .names import Names
from .surface import Surface


class Where(TypedDict, total=False):
    """The pointer of a change, in the new document or in the old one."""

    old: str | None
    new: str | None


def where(pointer: str, *, new: bool) -> Where:
    """A place in the new document, or in the old one."""
    return Where(new=pointer) if new else Where(old=pointer)


@frozen
class Edition:
    """One of the two things that are compared: a contract, and what the client built from it shows."""

    document: Document
    sdk: Sdk
    surface: Surface


@define
class Recorder:
    """What was found so far.

    `roles` says of each model class whether it is sent, received or both; `understood` are pointers of
    which the rules have said all that is to be said, be it nothing.
    """

    old: Edition
    new: Edition
    found: dict[tuple[str, str, str], Change] = field(factory=dict)
    roles: dict[str, set[str]] = field(factory=dict)
    visited: set[Any] = field(factory=set)
    understood: set[str] = field(factory=set)

    @property
    def changes(self) -> list[Change]:
        """Everything found, in the order of the walk."""
        return list(self.found.values())

    def record(
        self,
        kind: str,
        tiers: tuple[Names, ...],
        *,
        old: str | None = None,
        new: str | None = None,
        before: Any = None,
        after: Any = None,
        covers: set[str] | None = None,
        seen_in_client: bool = False,
    ) -> None:
        """Add a change at the pointer `new`, or, if that is None, at `old` of the old document."""
        edition, pointer = (self.new, new) if new is not None else (self.old, old or "")
        pointer = nearest(edition.document, pointer)
        names = self.names(tiers)
        change = Change(
            kind=kind,
            severity=KINDS[kind].severity,
            why=KINDS[kind].why,
            document="new" if new is not None else "old",
            pointer=pointer,
            line=edition.document.lines.get(pointer),
            names=names,
            before=before,
            after=after,
            seen_in_client=seen_in_client,
            covers=frozenset({*names, *(covers or ())}),
        )
        key = (kind, change.document, pointer if before is None else f"{pointer} {before!r} {after!r}")
        known = self.found.get(key)
        if known is not None:
            merged = tuple(dict.fromkeys([*known.names, *change.names]))
            change = evolve(change, names=merged, covers=known.covers | change.covers)
        self.found[key] = change

    def names(self, tiers: tuple[Names, ...]) -> Names:
        """The innermost names that one of the clients has."""
        for tier in reversed(tiers):
            known = tuple(
                name for name in tier if name in self.old.surface.entries or name in self.new.surface.entries
            )
            if known:
                return tuple(dict.fromkeys(known))
        return (self.new.sdk.package,)


def nearest(document: Document, pointer: str) -> str:
    """The pointer, or that of the nearest parent that stands in the document."""
    while pointer and pointer not in document.lines:
        pointer = pointer.rpartition("/")[0]
    return pointer
