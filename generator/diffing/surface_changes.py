"""Compares the surfaces of two built clients, without the contracts."""

from collections.abc import Iterator

from attrs import frozen

from .client_surface import ClientSurface
from .surface_entries import EntryKind, SurfaceEntry
from .unions import UnionComparer

_UNSET = "Unset"


@frozen
class SurfaceChange:
    """A change that the built clients show: its kind, and the name in the client where it shows."""

    kind: str
    name: str
    removed: bool = False
    before: str | None = None
    after: str | None = None


def parent_name(name: str) -> str:
    """Return the name that contains this one: an argument's function, an attribute's class, or ""."""
    for marker in ("(", "[", "<>"):
        if marker in name:
            return name.partition(marker)[0]
    return name.rpartition(".")[0]


def compare_surfaces(
    old: ClientSurface, new: ClientSurface, model_directions: dict[str, set[str]]
) -> list[SurfaceChange]:
    """Return what differs between two clients.

    `model_directions` maps a model class to "request" if it is sent, "response" if it is received, or both.
    The parts of a class or function that is new or removed are not listed. A change that both client classes
    show is listed only for the sync client.
    """
    changes = list(_all_changes(old.entries, new.entries, model_directions))
    sync_changes = {(change.kind, change.name) for change in changes if not _is_async(change.name)}
    return [
        change
        for change in changes
        if not _is_async(change.name) or (change.kind, _sync_name(change.name)) not in sync_changes
    ]


def _is_async(name: str) -> bool:
    return name.startswith(("async_client", "Async", "results.Async"))


def _sync_name(async_name: str) -> str:
    if async_name.startswith("async_"):
        return async_name.replace("async_client", "client", 1)
    return async_name.replace("Async", "", 1)


def _all_changes(
    old: dict[str, SurfaceEntry], new: dict[str, SurfaceEntry], model_directions: dict[str, set[str]]
) -> Iterator[SurfaceChange]:
    comparer = _EntryComparer(_union_comparer(old, new), model_directions)
    for name, entry in old.items():
        if name in new:
            yield from comparer.compare(name, entry, new[name])
        elif not _is_parent_absent(name, old, new):
            yield SurfaceChange(f"client-{_removal_kind(name, entry)}", name, removed=True)
    for name, entry in new.items():
        if name not in old and not _is_parent_absent(name, new, old):
            yield SurfaceChange(f"client-{_addition_kind(name, entry, model_directions)}", name)


def _union_comparer(old: dict[str, SurfaceEntry], new: dict[str, SurfaceEntry]) -> UnionComparer:
    removed_models = {name for name in old if name.startswith("models.") and name not in new}
    string_enums = {
        name.removeprefix("models.").removesuffix("<>")
        for entries in (old, new)
        for name, entry in entries.items()
        if entry.entry_kind is EntryKind.BASES and "StrEnum" in entry.types
    }
    return UnionComparer(
        frozenset(name.removeprefix("models.") for name in removed_models), frozenset(string_enums)
    )


def _is_parent_absent(name: str, having: dict[str, SurfaceEntry], lacking: dict[str, SurfaceEntry]) -> bool:
    """Whether the name that contains this one is missing in a client; then its change is reported."""
    parent = parent_name(name)
    return parent in having and parent not in lacking


def _removal_kind(name: str, entry: SurfaceEntry) -> str:
    if "[" in name:
        return "overload-changed"
    return "argument-removed" if entry.entry_kind is EntryKind.ARGUMENT else "name-removed"


def _addition_kind(name: str, entry: SurfaceEntry, model_directions: dict[str, set[str]]) -> str:
    if "[" in name:
        return "overload-changed"
    is_sent_field = entry.entry_kind is EntryKind.ATTRIBUTE and "request" in _directions(
        name, model_directions
    )
    if (entry.entry_kind is EntryKind.ARGUMENT or is_sent_field) and entry.default is None:
        return "required-argument-added"
    return "argument-added" if entry.entry_kind is EntryKind.ARGUMENT else "name-added"


def _directions(name: str, model_directions: dict[str, set[str]]) -> set[str]:
    """Return whether the class that has an attribute is sent, received or both; a result is received."""
    if not name.startswith("models."):
        return {"response"}
    return model_directions.get(parent_name(name), {"request", "response"})


@frozen
class _EntryComparer:
    """Compares names that both clients have."""

    unions: UnionComparer
    model_directions: dict[str, set[str]]

    def compare(self, name: str, old: SurfaceEntry, new: SurfaceEntry) -> Iterator[SurfaceChange]:
        """Return what differs under one name."""
        if new.entry_kind is EntryKind.BASES:
            if old.types != new.types:
                change_kind = "client-base-removed" if old.types - new.types else "client-base-added"
                yield SurfaceChange(change_kind, name, False, _union_text(old.types), _union_text(new.types))
            return
        if new.entry_kind is EntryKind.ARGUMENT:
            directions = {"request"}
        elif new.entry_kind is EntryKind.ATTRIBUTE:
            directions = _directions(name, self.model_directions)
        else:
            directions = {"response"}
        if "request" in directions:
            yield from _compare_defaults(name, old, new)
        yield from self._compare_types(name, old, new, directions)

    def _compare_types(
        self, name: str, old: SurfaceEntry, new: SurfaceEntry, directions: set[str]
    ) -> Iterator[SurfaceChange]:
        """Compare the unions of two entries, without types that only mean that an argument is optional."""
        before, after = (_types_of_values(entry, directions) for entry in (old, new))
        relation = self.unions.relation(before, after)
        for direction in sorted(directions) if relation else ():
            change_kind = f"client-{'argument' if direction == 'request' else 'result'}-type-{relation}"
            yield SurfaceChange(change_kind, name, False, _union_text(before), _union_text(after))


def _types_of_values(entry: SurfaceEntry, directions: set[str]) -> frozenset[str]:
    """Return the types of a union; for an argument, without types that only mean that it may be left out."""
    return entry.types - ({"None", _UNSET} if "response" not in directions else set())


def _union_text(types: frozenset[str]) -> str:
    return " | ".join(sorted(types))


def _compare_defaults(name: str, old: SurfaceEntry, new: SurfaceEntry) -> Iterator[SurfaceChange]:
    if old.default == new.default:
        return
    if (old.default, new.default) == ("None", "UNSET"):
        # If UNSET means that an argument is left out, None is a value: it is sent as null.
        yield SurfaceChange("client-argument-none-is-sent", name)
    elif new.default is None:
        yield SurfaceChange("client-argument-became-required", name)
    elif old.default is None:
        yield SurfaceChange("client-argument-became-optional", name)
    else:
        yield SurfaceChange("client-argument-default-changed", name, False, old.default, new.default)
