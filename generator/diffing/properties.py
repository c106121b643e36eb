"""Compares the properties of two object schemas: which exist, which are required, which are forbidden."""

from collections.abc import Callable

from ..names import identifier
from .python_names import ComparisonContext, NameTiers, classes_below
from .recorder import ChangeLocation, Recorder, locate_change
from .schema_equality import is_same_content
from .schema_nodes import SchemaNode, is_deprecated
from .schema_shapes import SchemaShape

# The type of `compare_schemas`. Callers pass it, because its module imports this one.
CompareSchemas = Callable[[Recorder, ComparisonContext, SchemaNode, SchemaNode], None]


def compare_properties(
    recorder: Recorder,
    context: ComparisonContext,
    before: SchemaShape,
    after: SchemaShape,
    compare_schemas: CompareSchemas,
) -> None:
    """Record what differs between the properties of two objects, and compare those that both have."""
    renamed = _find_rename(before, after)
    if renamed:
        _record_rename(recorder, context, before, after, *renamed)
        # Both refer to components of the same names, which may have changed.
        old_name, new_name = renamed
        compare_schemas(
            recorder, context.for_property(new_name), before.properties[old_name], after.properties[new_name]
        )
    for name, node in before.properties.items():
        property_context = context.for_property(name)
        if name in after.properties:
            compare_schemas(recorder, property_context, node, after.properties[name])
        elif name not in (renamed or ()):
            recorder.record(
                f"{context.direction}-property-removed",
                property_context.name_tiers,
                old_pointer=node.pointer,
                covers=classes_below(node, property_context.model_name),
                unannounced=not is_deprecated(node),
            )
    for name, node in after.properties.items():
        if name not in before.properties and name not in (renamed or ()):
            change_kind = "required-property-added" if name in after.required else "property-added"
            property_context = context.for_property(name)
            recorder.record(
                f"{context.direction}-{change_kind}",
                property_context.name_tiers,
                new_pointer=node.pointer,
                covers=classes_below(node, property_context.model_name),
            )
    _compare_required(recorder, context, before, after, renamed)
    _compare_forbidden(recorder, context, before, after)
    _compare_alternatives(recorder, context, before, after)


def _find_rename(before: SchemaShape, after: SchemaShape) -> tuple[str, str] | None:
    """Return the old and the new name, if one property was removed and an equal one was added."""
    removed = [name for name in before.properties if name not in after.properties]
    added = [name for name in after.properties if name not in before.properties]
    if len(removed) != 1 or len(added) != 1:
        return None
    old_schema, new_schema = before.properties[removed[0]], after.properties[added[0]]
    return (removed[0], added[0]) if is_same_content(old_schema, new_schema) else None


def _record_rename(
    recorder: Recorder,
    context: ComparisonContext,
    before: SchemaShape,
    after: SchemaShape,
    old_name: str,
    new_name: str,
) -> None:
    old_context, new_context = context.for_property(old_name), context.for_property(new_name)
    old_node, new_node = before.properties[old_name], after.properties[new_name]
    if identifier(old_name) == identifier(new_name):
        name_tiers: NameTiers = new_context.name_tiers
    else:
        name_tiers = (*context.name_tiers, (*old_context.name_tiers[-1], *new_context.name_tiers[-1]))
    recorder.explained_pointers.add(old_node.pointer)
    recorder.record(
        f"{context.direction}-property-renamed",
        name_tiers,
        new_pointer=new_node.pointer,
        before=old_name,
        after=new_name,
        covers=classes_below(old_node, old_context.model_name)
        | classes_below(new_node, new_context.model_name),
        unannounced=not is_deprecated(old_node),
    )


def _compare_required(
    recorder: Recorder,
    context: ComparisonContext,
    before: SchemaShape,
    after: SchemaShape,
    renamed: tuple[str, str] | None,
) -> None:
    """Record which properties became required or optional; a renamed one is compared with itself."""
    old_name, new_name = renamed or (None, None)
    required_before = {new_name if name == old_name else name for name in before.required}
    for name in [*before.required, *after.required]:
        is_new = name in after.properties and name not in before.properties and name != new_name
        is_removed = name in before.properties and name not in after.properties
        if is_new or is_removed:
            continue  # the change that adds or removes the property says whether it is required
        if (name in required_before) == (name in after.required):
            continue
        change_kind = "property-became-required" if name in after.required else "property-became-optional"
        node = after.properties.get(name)
        pointer = node.pointer if node is not None else after.node.resolved_pointer
        name_tiers = context.for_property(name).name_tiers
        recorder.record(f"{context.direction}-{change_kind}", name_tiers, new_pointer=pointer)


def _compare_forbidden(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record properties that became forbidden or allowed, if no other change is about them."""
    for name, pointer in after.forbidden.items():
        if name not in before.forbidden and name not in before.properties:
            change_kind = f"{context.direction}-property-forbidden"
            recorder.record(change_kind, context.name_tiers, new_pointer=pointer)
    for name, pointer in before.forbidden.items():
        if name not in after.forbidden and name not in after.properties:
            change_kind = f"{context.direction}-property-allowed"
            recorder.record(change_kind, context.name_tiers, old_pointer=pointer)


def _compare_alternatives(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Compare groups of properties, of which one must be complete.

    The first group that is added adds the condition; the last group that is removed removes it.
    """
    old, new = before.alternatives, after.alternatives
    if bool(old) != bool(new):
        location = locate_change(next(iter((new or old).values())), in_new=bool(new))
        change_kind = f"{context.direction}-rule-{'added' if new else 'removed'}"
        recorder.record(change_kind, context.name_tiers, **location)
        return
    for group in new.keys() - old.keys():
        _record_alternative(
            recorder, context, "alternative-added", group, locate_change(new[group], in_new=True)
        )
    for group in old.keys() - new.keys():
        _record_alternative(
            recorder, context, "alternative-removed", group, locate_change(old[group], in_new=False)
        )


def _record_alternative(
    recorder: Recorder,
    context: ComparisonContext,
    change_kind: str,
    group: frozenset[str],
    location: ChangeLocation,
) -> None:
    property_names = tuple(
        name for property_name in sorted(group) for name in context.for_property(property_name).name_tiers[-1]
    )
    recorder.record(f"{context.direction}-{change_kind}", (*context.name_tiers, property_names), **location)
