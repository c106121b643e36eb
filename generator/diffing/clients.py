"""Compares the surfaces of two built clients, with no look at the contracts."""

from collections.abc import Iterator

from attrs import frozen

from .surface import Entry, Surface, What
from .unions import Types

_UNSET = "Unset"


@frozen
class Sighting:
    """A kind of change that was seen in the built clients, under the name where it was seen."""

    kind: str
    name: str
    removed: bool = False
    before: str | None = None
    after: str | None = None


def parent(name: str) -> str:
    """What this name is a part of, or nothing: of an argument its function, of a member its class."""
    for mark in ("(", "[", "<>"):
        if mark in name:
            return name.partition(mark)[0]
    return name.rpartition(".")[0]


def compare_surfaces(old: Surface, new: Surface, roles: dict[str, set[str]]) -> list[Sighting]:
    """What differs. `roles` says of a model class whether it is sent (request), received (response) or both.

    Parts of what is gone or new are not told apart; what the async client shares with the other is told once.
    """
    found = list(_sightings(old.entries, new.entries, roles))
    told = {(one.kind, one.name) for one in found if not _is_async(one.name)}
    return [one for one in found if not _is_async(one.name) or (one.kind, _plain(one.name)) not in told]


def _is_async(name: str) -> bool:
    return name.startswith(("async_client", "Async", "results.Async"))


def _plain(name: str) -> str:
    return (
        name.replace("async_client", "client", 1)
        if name.startswith("async_")
        else name.replace("Async", "", 1)
    )


def _sightings(
    old: dict[str, Entry], new: dict[str, Entry], roles: dict[str, set[str]]
) -> Iterator[Sighting]:
    comparer = _Comparer(_types(old, new), roles)
    for name, entry in old.items():
        if name in new:
            yield from comparer.compare(name, entry, new[name])
        elif not _is_part_of(name, old, new):
            kind = "argument-removed" if entry.what is What.ARGUMENT else "name-removed"
            yield Sighting(f"client-{'overload-changed' if '[' in name else kind}", name, removed=True)
    for name, entry in new.items():
        if name not in old and not _is_part_of(name, new, old):
            yield Sighting(f"client-{_added(name, entry, roles)}", name)


def _types(old: dict[str, Entry], new: dict[str, Entry]) -> Types:
    classes = {name.removeprefix("models."): name in new for name in old if name.startswith("models.")}
    texts = {
        name.removeprefix("models.").removesuffix("<>")
        for entries in (old, new)
        for name, entry in entries.items()
        if entry.what is What.BASES and "StrEnum" in entry.types
    }
    return Types(frozenset(name for name, stays in classes.items() if not stays), frozenset(texts))


def _is_part_of(name: str, here: dict[str, Entry], there: dict[str, Entry]) -> bool:
    """Whether what it is a part of is gone or new as a whole."""
    above = parent(name)
    return above in here and above not in there


def _added(name: str, entry: Entry, roles: dict[str, set[str]]) -> str:
    if "[" in name:
        return "overload-changed"
    sent = entry.what is What.ARGUMENT or (entry.what is What.ATTRIBUTE and "request" in _roles(name, roles))
    if sent and entry.default is None:
        return "required-argument-added"
    return "argument-added" if entry.what is What.ARGUMENT else "name-added"


def _roles(name: str, roles: dict[str, set[str]]) -> set[str]:
    if not name.startswith("models."):
        return {"response"}
    return roles.get(parent(name), {"request", "response"})


@frozen
class _Comparer:
    """Compares names that both clients have."""

    types: Types
    roles: dict[str, set[str]]

    def compare(self, name: str, old: Entry, new: Entry) -> Iterator[Sighting]:
        """What differs under one name."""
        roles = _roles(name, self.roles) if new.what is What.ATTRIBUTE else {"response"}
        if new.what is What.ARGUMENT:
            roles = {"request"}
        if new.what is What.ARGUMENT or (new.what is What.ATTRIBUTE and "request" in roles):
            yield from _compare_default(name, old, new)
        if new.what is What.BASES:
            if old.types != new.types:
                kind = "client-base-removed" if old.types - new.types else "client-base-added"
                yield Sighting(kind, name, False, _said(old.types), _said(new.types))
            return
        yield from self._compare_types(name, old, new, roles)

    def _compare_types(self, name: str, old: Entry, new: Entry, roles: set[str]) -> Iterator[Sighting]:
        """Compare unions; whether an argument may be left out was told by its default."""
        before, after = (_given(entry, roles) for entry in (old, new))
        relation = self.types.relation(before, after)
        for role in sorted(roles) if relation else ():
            kind = f"client-{'argument' if role == 'request' else 'result'}-type-{relation}"
            yield Sighting(kind, name, False, _said(before), _said(after))


def _given(entry: Entry, roles: set[str]) -> frozenset[str]:
    """The members of a type; of an argument without those that only say that it may be left out."""
    return entry.types - ({"None", _UNSET} if "response" not in roles else set())


def _said(types: frozenset[str]) -> str:
    return " | ".join(sorted(types))


def _compare_default(name: str, old: Entry, new: Entry) -> Iterator[Sighting]:
    if old.default == new.default:
        return
    if (old.default, new.default) == ("None", "UNSET"):
        yield Sighting("client-argument-none-is-sent", name)
    elif new.default is None:
        yield Sighting("client-argument-became-required", name)
    elif old.default is None:
        yield Sighting("client-argument-became-optional", name)
    else:
        yield Sighting("client-argument-default-changed", name, False, old.default, new.default)
