"""Collects changes: each is recorded once, although several comparisons may find it."""

from typing import Any, TypedDict

from attrs import define, evolve, field, frozen

from ..loading.document import Document
from ..model.sdk import Sdk
from ..validation.pruning import RemovedPart
from .change import Change
from .client_surface import ClientSurface
from .kinds import KINDS
from .python_names import Names, NameTiers

# The kind of a change, the document that its pointer leads into, and the pointer with the values.
ChangeKey = tuple[str, str, str]


class ChangeLocation(TypedDict, total=False):
    """The JSON pointer of a change, into the old document or into the new one."""

    old_pointer: str | None
    new_pointer: str | None


def locate_change(pointer: str, *, in_new: bool) -> ChangeLocation:
    """Return the location of a change at a pointer into the new document, or into the old one."""
    return ChangeLocation(new_pointer=pointer) if in_new else ChangeLocation(old_pointer=pointer)


@frozen
class Snapshot:
    """One side of a comparison: a contract, and the surface of the client built from it.

    `left_out` are the parts that no client has, because they cannot be built.
    """

    document: Document
    sdk: Sdk
    surface: ClientSurface
    left_out: tuple[RemovedPart, ...] = ()


@define
class Recorder:
    """The changes between two snapshots that are recorded so far, and what the comparison has visited.

    Attributes:
        old: What callers have.
        new: What callers would get.
        changes_by_key: The changes; two findings with the same key are one change.
        model_directions: For each model class: "request" if it is sent, "response" if received, or both.
        visited_schemas: The pairs of schemas that were already compared, so that recursion ends.
        explained_pointers: Places whose differences a rule has judged, so that they are not reported.
        explained_trees: Places below which a rule has judged all differences.
    """

    old: Snapshot
    new: Snapshot
    changes_by_key: dict[ChangeKey, Change] = field(factory=dict)
    model_directions: dict[str, set[str]] = field(factory=dict)
    visited_schemas: set[Any] = field(factory=set)
    explained_pointers: set[str] = field(factory=set)
    explained_trees: set[str] = field(factory=set)

    @property
    def changes(self) -> list[Change]:
        """Every recorded change, in the order in which they were found."""
        return list(self.changes_by_key.values())

    def record(
        self,
        change_kind: str,
        name_tiers: NameTiers,
        *,
        old_pointer: str | None = None,
        new_pointer: str | None = None,
        before: Any = None,
        after: Any = None,
        covers: set[str] | None = None,
        seen_in_client: bool = False,
        unannounced: bool = False,
    ) -> ChangeKey:
        """Record a change, and return the key under which it is kept.

        Args:
            change_kind: A key of `KINDS`.
            name_tiers: Candidates for the Python names that it touches.
            old_pointer: Where it stands in the old document, if `new_pointer` is None.
            new_pointer: Where it stands in the new document.
            before: The old value, if the change is about one value.
            after: The new value, if the change is about one value.
            covers: Further Python names whose changes follow from this one.
            seen_in_client: Whether the built clients show it.
            unannounced: Whether it removes something that is not deprecated in the old document.
        """
        if new_pointer is not None:
            snapshot, document, pointer = self.new, "new", new_pointer
        else:
            snapshot, document, pointer = self.old, "old", old_pointer or ""
        pointer = nearest_existing_pointer(snapshot.document, pointer)
        names = self.existing_names(name_tiers)
        change = Change(
            kind=change_kind,
            severity=KINDS[change_kind].severity,
            why=KINDS[change_kind].why,
            document=document,
            pointer=pointer,
            line=snapshot.document.lines.get(pointer),
            names=names,
            before=before,
            after=after,
            seen_in_client=seen_in_client,
            covers=frozenset({*names, *(covers or ())}),
            unannounced=unannounced,
        )
        # Two values that are added to one list are two changes at one place.
        has_values = before is not None or after is not None
        key = (change_kind, document, f"{pointer} {before!r} {after!r}" if has_values else pointer)
        recorded = self.changes_by_key.get(key)
        if recorded is not None:
            all_names = tuple(dict.fromkeys([*recorded.names, *change.names]))
            change = evolve(
                change,
                names=all_names,
                covers=recorded.covers | change.covers,
                unannounced=recorded.unannounced or unannounced,
            )
        self.changes_by_key[key] = change
        return key

    def existing_names(self, name_tiers: NameTiers) -> Names:
        """Return the innermost names that one of the clients has; the package's name if there are none."""
        for tier in reversed(name_tiers):
            existing = tuple(
                name for name in tier if name in self.old.surface.entries or name in self.new.surface.entries
            )
            if existing:
                return tuple(dict.fromkeys(existing))
        return (self.new.sdk.package,)


def nearest_existing_pointer(document: Document, pointer: str) -> str:
    """Return the pointer, or the pointer of its nearest parent that exists in the document."""
    while pointer and pointer not in document.lines:
        pointer = pointer.rpartition("/")[0]
    return pointer
