"""Compares the members of two object schemas: which there are, which are required, which are forbidden."""

from collections.abc import Callable
from typing import Any

from ..names import identifier
from .names import Names, Place, classes_below
from .nodes import Node, canonical
from .recorder import Recorder, Where, where
from .shapes import Shape

Compare = Callable[[Recorder, Place, Node, Node], None]


def compare_members(recorder: Recorder, place: Place, before: Shape, after: Shape, compare: Compare) -> None:
    """Record what differs between the members of two objects, and compare those that both have."""
    renamed = _rename(before, after)
    if renamed:
        _record_rename(recorder, place, before, after, *renamed)
    for name, given in before.properties.items():
        if name in after.properties:
            compare(recorder, place.member(name), given, after.properties[name])
        elif name not in (renamed or ()):
            recorder.record(
                f"{place.direction}-property-removed",
                place.member(name).tiers,
                old=given.pointer,
                covers=classes_below(given, place.member(name).model),
            )
    for name, given in after.properties.items():
        if name not in before.properties and name not in (renamed or ()):
            kind = "required-property-added" if name in after.required else "property-added"
            recorder.record(
                f"{place.direction}-{kind}",
                place.member(name).tiers,
                new=given.pointer,
                covers=classes_below(given, place.member(name).model),
            )
    _compare_required(recorder, place, before, after, renamed or ("", ""))
    _compare_forbidden(recorder, place, before, after)
    _compare_alternatives(recorder, place, before, after)


def _rename(before: Shape, after: Shape) -> tuple[str, str] | None:
    """The old and the new name, if one member went and one of the same schema came."""
    gone = [name for name in before.properties if name not in after.properties]
    come = [name for name in after.properties if name not in before.properties]
    if len(gone) != 1 or len(come) != 1:
        return None
    same = canonical(before.properties[gone[0]]) == canonical(after.properties[come[0]])
    return (gone[0], come[0]) if same else None


def _record_rename(recorder: Recorder, place: Place, before: Shape, after: Shape, old: str, new: str) -> None:
    if identifier(old) == identifier(new):
        names: tuple[Names, ...] = place.member(new).tiers
    else:
        names = (*place.tiers, (*place.member(old).tiers[-1], *place.member(new).tiers[-1]))
    covers = classes_below(before.properties[old], place.member(old).model)
    covers |= classes_below(after.properties[new], place.member(new).model)
    recorder.understood.add(before.properties[old].pointer)
    recorder.record(
        f"{place.direction}-property-renamed",
        names,
        new=after.properties[new].pointer,
        before=old,
        after=new,
        covers=covers,
    )


def _compare_required(
    recorder: Recorder, place: Place, before: Shape, after: Shape, renamed: tuple[str, str]
) -> None:
    was, is_now = renamed
    old = {is_now if name == was else name for name in before.required}
    for name in [*before.required, *after.required]:
        if name in after.properties.keys() - before.properties.keys() - {is_now}:
            continue  # that it is required is a part of its being new
        if name in before.properties and name not in after.properties:
            continue
        if (name in old) == (name in after.required):
            continue
        kind = "property-became-required" if name in after.required else "property-became-optional"
        at = after.properties[name].pointer if name in after.properties else after.node.place
        recorder.record(f"{place.direction}-{kind}", place.member(name).tiers, new=at)


def _compare_forbidden(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    def record(kind: str, **where: Any) -> None:
        recorder.record(f"{place.direction}-{kind}", place.tiers, **where)

    for name, pointer in after.forbidden.items():
        if name not in before.forbidden and name not in before.properties:
            record("member-forbidden", new=pointer)
    for name, pointer in before.forbidden.items():
        if name not in after.forbidden and name not in after.properties:
            record("member-allowed", old=pointer)


def _compare_alternatives(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    """Groups of members of which one is needed; that there are any is a rule of its own."""
    old, new = before.alternatives, after.alternatives
    if bool(old) != bool(new):
        at = where(next(iter((new or old).values())), new=bool(new))
        recorder.record(f"{place.direction}-rule-{'added' if new else 'removed'}", place.tiers, **at)
        return
    for group in new.keys() - old.keys():
        _record_group(recorder, place, "alternative-added", group, Where(new=new[group]))
    for group in old.keys() - new.keys():
        _record_group(recorder, place, "alternative-removed", group, Where(old=old[group]))


def _record_group(recorder: Recorder, place: Place, kind: str, group: frozenset[str], at: Where) -> None:
    members = tuple(name for member in sorted(group) for name in place.member(member).tiers[-1])
    recorder.record(f"{place.direction}-{kind}", (*place.tiers, members), **at)
