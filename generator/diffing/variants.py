"""Compares the members of `oneOf` and `anyOf`: which forms a value may have."""

from collections.abc import Callable

from .names import Names, Place, classes_below
from .nodes import Node, canonical
from .recorder import Recorder
from .shapes import Shape, shape

Compare = Callable[[Recorder, Place, Node, Node], None]


def compare_variants(recorder: Recorder, place: Place, before: Shape, after: Shape, compare: Compare) -> None:
    """Record variants that were added or removed, and compare those that both sides have.

    A schema without variants is the only variant of itself.
    """
    if not before.branches and not after.branches:
        return
    old = before.branches or [before.node]
    new = after.branches or [after.node]
    for one, other in (pairs := _pairs(old, new)):
        if (one, other) != (before.node, after.node):
            compare(recorder, place.part(f"type_{new.index(other)}"), one, other)
    known = {one.pointers for pair in pairs for one in pair}
    for one in old:
        if one.pointers not in known:
            _record(recorder, place, "variant-removed", one, old.index(one), old=one.pointer)
    for other in new:
        if other.pointers not in known:
            _record(recorder, place, "variant-added", other, new.index(other), new=other.pointer)


def _record(
    recorder: Recorder,
    place: Place,
    kind: str,
    given: Node,
    index: int,
    *,
    old: str | None = None,
    new: str | None = None,
) -> None:
    names: Names = ()
    if given.component:
        names = tuple(dict.fromkeys(name for name in place.component(given.component).tiers[-1]))
    covers = classes_below(given, f"{place.model}_type_{index}") | set(names)
    covers |= {
        f"{name}({argument}=)"
        for name in names
        if name.startswith("client.")
        for argument in shape(given).properties
    }
    here = recorder.names(place.tiers)
    recorder.record(
        f"{place.direction}-{kind}", (*place.tiers, (*here, *names)), old=old, new=new, covers=covers
    )


def _pairs(old: list[Node], new: list[Node]) -> list[tuple[Node, Node]]:
    """Variants that belong together: of one name, of one content, of one telling constant; then in order."""
    left, right = list(old), list(new)
    found: list[tuple[Node, Node]] = []
    for same in (_same_name, _same_content, _same_constant, _same_types):
        for one in list(left):
            other = next((other for other in right if same(one, other)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                found.append((one, other))
    return found


def _same_name(one: Node, other: Node) -> bool:
    return one.component is not None and one.component == other.component


def _same_content(one: Node, other: Node) -> bool:
    return canonical(one) == canonical(other)


def _constants(given: Node) -> set[tuple[str, str]]:
    members = {name: shape(member) for name, member in shape(given).properties.items()}
    return {
        (name, value) for name, member in members.items() if member.is_const for value in member.values or ()
    }


def _same_constant(one: Node, other: Node) -> bool:
    return bool(_constants(one) & _constants(other)) and not (one.component and other.component)


def _same_types(one: Node, other: Node) -> bool:
    """Nameless schemas of the same types, with a member in common if they are objects."""
    if one.component or other.component:
        return False
    before, after = shape(one), shape(other)
    related = not before.properties or bool(before.properties.keys() & after.properties.keys())
    return before.types == after.types and related
