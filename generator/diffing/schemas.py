"""Compares two schemas in one direction. What is sent may widen, what is received may narrow."""

import json
from typing import Any

from ..names import class_name
from ..spec import as_object, is_object
from .keywords import compare_keywords
from .members import compare_members
from .names import Place, classes_below
from .nodes import Node, flattened
from .recorder import Recorder, where
from .shapes import Shape, shape
from .variants import compare_variants

# What these say is judged by value; the places of their items mean nothing.
_UNDERSTOOD = ("required", "type", "enum", "oneOf", "anyOf", "additionalProperties")


def compare_schemas(recorder: Recorder, place: Place, old: Node, new: Node) -> None:
    """Record what differs between two schemas at a place, and below it."""
    if new.component:
        place = place.component(new.component)
    recorder.roles.setdefault(f"models.{class_name(place.model)}", set()).add(place.direction)
    seen = (old.key, new.key, place.direction, place.bound, place.results)
    if seen in recorder.visited:
        return
    recorder.visited.add(seen)
    recorder.understood |= {
        f"{pointer}/{key}" for one in (old, new) for pointer, _ in flattened(one) for key in _UNDERSTOOD
    }
    _compare_names(recorder, place, old, new)
    before, after = shape(old), shape(new)
    if not _compare_types(recorder, place, before, after):
        return
    _compare_values(recorder, place, before, after)
    compare_keywords(recorder, place, before, after)
    compare_members(recorder, place, before, after, compare_schemas)
    _compare_children(recorder, place, before, after)
    compare_variants(recorder, place, before, after, compare_schemas)


def _compare_names(recorder: Recorder, place: Place, old: Node, new: Node) -> None:
    if not old.component or not new.component or old.component == new.component:
        return
    schemas = [as_object(as_object(one.document.data.get("components")).get("schemas")) for one in (old, new)]
    if old.component not in schemas[1] and new.component not in schemas[0]:
        was, becomes = (f"models.{class_name(name)}" for name in (old.component, new.component))
        recorder.record(
            f"{place.direction}-model-renamed",
            (*place.tiers, (was, becomes)),
            new=f"/components/schemas/{new.component}",
            before=old.component,
            after=new.component,
            covers={name for tier in place.tiers for name in tier},
        )


def _widened(types: set[str] | None) -> set[str] | None:
    return types | {"integer"} if types is not None and "number" in types else types


def _compare_types(recorder: Recorder, place: Place, before: Shape, after: Shape) -> bool:
    """Record how the types differ, and tell whether the rest can be compared."""
    old, new = _widened(before.types), _widened(after.types)
    said = {"before": _said(before.types), "after": _said(after.types)}
    covers = classes_below(before.node, place.model) | classes_below(after.node, place.model)
    at: dict[str, Any] = {"old": before.node.place, "new": after.node.place, "covers": covers} | said
    if old is not None and new is not None and before.nullable != after.nullable:
        kind = "became-nullable" if after.nullable else "no-longer-nullable"
        recorder.record(f"{place.direction}-{kind}", place.tiers, new=after.node.place)
    if old == new or before.branches or after.branches:
        return True
    if new is None or (old is not None and old < new):
        recorder.record(f"{place.direction}-type-widened", place.tiers, **at)
    elif old is None or new < old:
        recorder.record(f"{place.direction}-type-narrowed", place.tiers, **at)
    else:
        recorder.record(f"{place.direction}-type-changed", place.tiers, **at)
        return False
    return True


def _said(types: set[str] | None) -> list[str] | None:
    return None if types is None else sorted(types)


def _compare_values(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    def record(kind: str, **where: Any) -> None:
        covers = classes_below(before.node, place.model) | classes_below(after.node, place.model)
        recorder.record(f"{place.direction}-{kind}", place.tiers, covers=covers, **where)

    old, new = before.values, after.values
    if old is None or new is None:
        if new is not None and not after.open:
            record("values-restricted", new=after.node.place, after=_listed(new))
        elif old is not None and not before.open:
            record("values-unrestricted", new=after.node.place, before=_listed(old))
        elif old is not None or new is not None:
            kind = "known-value-added" if new is not None else "known-value-removed"
            record(kind, new=after.node.place, before=_listed(old), after=_listed(new))
        return
    if before.is_const and after.is_const and old.keys() != new.keys():
        record("const-changed", new=next(iter(new.values())), before=_listed(old)[0], after=_listed(new)[0])
        return
    known = "known-" if before.open and after.open else ""
    for value in new.keys() - old.keys():
        record(f"{known}value-added", new=new[value], after=json.loads(value))
    for value in old.keys() - new.keys():
        record(f"{known}value-removed", old=old[value], before=json.loads(value))
    if before.open != after.open:
        record("values-opened" if after.open else "values-closed", new=after.node.place)


def _listed(values: dict[str, str] | None) -> list[Any]:
    return [json.loads(value) for value in sorted(values or ())]


def _compare_children(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    """Items, typed further members, and what a text holds, where both sides speak of them."""
    suffixes = {"items": "item", "additionalProperties": "additional_property", "contentSchema": "content"}
    for key, suffix in suffixes.items():
        if key in before.children and key in after.children:
            inner = place.part(suffix)
            if key == "additionalProperties":
                inner = place.inner((f"models.{class_name(place.model)}.additional_properties",), inner.model)
            compare_schemas(recorder, inner, before.children[key], after.children[key])
        elif key != "additionalProperties" and (key in before.children or key in after.children):
            kind = "rule-added" if key in after.children else "rule-removed"
            given = (after if key in after.children else before).children[key]
            at = where(given.pointer, new=key in after.children)
            recorder.record(f"{place.direction}-{kind}", place.tiers, **at)
    _compare_additional(recorder, place, before, after)


def _compare_additional(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    old, new = before.additional, after.additional
    if old == new or (is_object(old) and is_object(new)):
        return
    at = f"{after.node.place}/additionalProperties" if new is not True else after.node.place
    closed = new is False or (is_object(new) and old is True)
    kind = "members-closed" if closed else "members-opened"
    recorder.record(
        f"{place.direction}-{kind}", place.tiers, new=at, covers={f"models.{class_name(place.model)}"}
    )
