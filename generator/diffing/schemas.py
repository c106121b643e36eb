"""Compares two schemas in one direction: a sent value may admit more, a received value less."""

import json
from typing import Any

from ..loading.json_data import escape, is_object, object_or_empty
from ..names import class_name
from .keywords import compare_annotations, compare_keywords
from .properties import compare_properties
from .python_names import ComparisonContext, classes_below
from .recorder import Recorder, locate_change
from .schema_nodes import SchemaNode, flatten_schema
from .schema_shapes import SchemaShape, read_shape
from .variants import compare_variants

# Keywords that are compared by meaning. A difference of their text alone, such as another order, is no
# change.
_EXPLAINED_KEYWORDS = ("required", "type", "enum", "oneOf", "anyOf", "additionalProperties")
# Keywords with one inner schema, and how openapi-python-client names the class of such a schema.
_CHILD_SUFFIXES = {
    "items": "item",
    "additionalProperties": "additional_property",
    "contentSchema": "content",
}


def compare_schemas(recorder: Recorder, context: ComparisonContext, old: SchemaNode, new: SchemaNode) -> None:
    """Record what differs between two schemas, and in everything inside them."""
    before, after = read_shape(old), read_shape(new)
    if _restricts_types(before) and _restricts_types(after) and before.nullable != after.nullable:
        change_kind = "became-nullable" if after.nullable else "no-longer-nullable"
        if new.component:
            context = context.for_component(new.component)
        recorder.record(
            f"{context.direction}-{change_kind}", context.name_tiers, new_pointer=new.resolved_pointer
        )
    _compare_all_but_null(recorder, context, old, new)


def _restricts_types(shape: SchemaShape) -> bool:
    return shape.types is not None or bool(shape.branches)


def _compare_all_but_null(
    recorder: Recorder, context: ComparisonContext, old: SchemaNode, new: SchemaNode
) -> None:
    """Record what differs between two schemas, except whether they admit null."""
    if new.component:
        context = context.for_component(new.component)
    model = f"models.{class_name(context.model_name)}"
    recorder.model_directions.setdefault(model, set()).add(context.direction)
    visit = (old.key, new.key, context.direction, context.argument_methods, context.results)
    if visit in recorder.visited_schemas:
        return
    recorder.visited_schemas.add(visit)
    recorder.explained_pointers |= {
        f"{pointer}/{keyword}"
        for node in (old, new)
        for pointer, _ in flatten_schema(node)
        for keyword in _EXPLAINED_KEYWORDS
    }
    _compare_component_names(recorder, context, old, new)
    before, after = read_shape(old), read_shape(new)
    if bool(before.branches) != bool(after.branches):
        _compare_with_union(recorder, context, before, after)
        return
    if not _compare_types(recorder, context, before, after):
        return
    _compare_values(recorder, context, before, after)
    compare_keywords(recorder, context, before, after)
    compare_properties(recorder, context, before, after, compare_schemas)
    _compare_children(recorder, context, before, after)
    compare_variants(recorder, context, before, after, _compare_all_but_null)


def _compare_with_union(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Compare a union with a schema that is not one, which is paired with one of the branches."""
    compare_annotations(recorder, context, before, after)
    # A keyword that moves into a branch is compared there.
    recorder.explained_pointers |= {
        f"{pointer}/{escape(keyword)}"
        for shape in (before, after)
        for pointer, schema in flatten_schema(shape.node)
        for keyword in object_or_empty(schema)
    }
    is_compared = _restricts_types(before) and _restricts_types(after)
    if is_compared or before.properties or after.properties:
        compare_variants(recorder, context, before, after, _compare_all_but_null)
    else:
        _record_type_change(recorder, context, before, after, "narrowed" if after.branches else "widened")


def _compare_component_names(
    recorder: Recorder, context: ComparisonContext, old: SchemaNode, new: SchemaNode
) -> None:
    """Record that a component schema was renamed, if neither document has the name of the other."""
    if not old.component or not new.component or old.component == new.component:
        return
    old_schemas, new_schemas = (
        object_or_empty(object_or_empty(node.document.data.get("components")).get("schemas"))
        for node in (old, new)
    )
    if old.component not in new_schemas and new.component not in old_schemas:
        models = (f"models.{class_name(old.component)}", f"models.{class_name(new.component)}")
        recorder.record(
            f"{context.direction}-model-renamed",
            (*context.name_tiers, models),
            new_pointer=f"/components/schemas/{new.component}",
            before=old.component,
            after=new.component,
            covers={name for tier in context.name_tiers for name in tier},
        )


def _covered_classes(context: ComparisonContext, before: SchemaShape, after: SchemaShape) -> set[str]:
    """Return the model classes of both schemas, whose changes follow from a change of the schema."""
    return classes_below(before.node, context.model_name) | classes_below(after.node, context.model_name)


def _with_integers(types: set[str] | None) -> set[str] | None:
    """Return types with `integer` added to `number`: every integer is a number (JSON Schema Core, 4.2.1)."""
    return types | {"integer"} if types is not None and "number" in types else types


def _compare_types(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> bool:
    """Record how the types differ. Return whether they have common types, which can be compared further."""
    old_types, new_types = _with_integers(before.types), _with_integers(after.types)
    # For unions, variants are compared and not types.
    if old_types == new_types or before.branches:
        return True
    if new_types is None or (old_types is not None and old_types < new_types):
        relation = "widened"
    elif old_types is None or new_types < old_types:
        relation = "narrowed"
    else:
        relation = "changed"
    _record_type_change(recorder, context, before, after, relation)
    return relation != "changed"


def _record_type_change(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape, relation: str
) -> None:
    recorder.record(
        f"{context.direction}-type-{relation}",
        context.name_tiers,
        old_pointer=before.node.resolved_pointer,
        new_pointer=after.node.resolved_pointer,
        before=None if before.types is None else sorted(before.types),
        after=None if after.types is None else sorted(after.types),
        covers=_covered_classes(context, before, after),
    )


def _compare_values(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Compare the values that `enum` or `const` list, if either schema lists any."""
    if before.values is None or after.values is None:
        _compare_presence_of_values(recorder, context, before, after)
        return

    def record(change_kind: str, **details: Any) -> None:
        covers = _covered_classes(context, before, after)
        recorder.record(f"{context.direction}-{change_kind}", context.name_tiers, covers=covers, **details)

    if before.is_const and after.is_const and before.values.keys() != after.values.keys():
        old_value, new_value = _decode_values(before.values)[0], _decode_values(after.values)[0]
        pointer = next(iter(after.values.values()))
        record("const-changed", new_pointer=pointer, before=old_value, after=new_value)
        return
    prefix = "known-" if before.is_open_enum and after.is_open_enum else ""
    for value in after.values.keys() - before.values.keys():
        record(f"{prefix}value-added", new_pointer=after.values[value], after=json.loads(value))
    for value in before.values.keys() - after.values.keys():
        record(f"{prefix}value-removed", old_pointer=before.values[value], before=json.loads(value))
    if before.is_open_enum != after.is_open_enum:
        change_kind = "values-opened" if after.is_open_enum else "values-closed"
        record(change_kind, new_pointer=after.node.resolved_pointer)


def _compare_presence_of_values(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record that a list of values was added or removed; an open enum restricts nothing."""
    if after.values is not None:
        change_kind = "known-value-added" if after.is_open_enum else "values-restricted"
    elif before.values is not None:
        change_kind = "known-value-removed" if before.is_open_enum else "values-unrestricted"
    else:
        return
    # A missing list restricts nothing. Beside an open enum it counts as an open enum without values.
    no_values: list[Any] | None = [] if change_kind.startswith("known-") else None
    recorder.record(
        f"{context.direction}-{change_kind}",
        context.name_tiers,
        new_pointer=after.node.resolved_pointer,
        before=no_values if before.values is None else _decode_values(before.values),
        after=no_values if after.values is None else _decode_values(after.values),
        covers=_covered_classes(context, before, after),
    )


def _decode_values(values: dict[str, str]) -> list[Any]:
    return [json.loads(value) for value in sorted(values)]


def _compare_children(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Compare the schemas of items, of additional properties, and of what an encoded text holds."""
    for keyword, suffix in _CHILD_SUFFIXES.items():
        in_old, in_new = keyword in before.children, keyword in after.children
        if in_old and in_new:
            child_context = context.for_nameless_schema(suffix)
            if keyword == "additionalProperties":
                attribute = f"models.{class_name(context.model_name)}.additional_properties"
                child_context = context.nested((attribute,), child_context.model_name)
            compare_schemas(recorder, child_context, before.children[keyword], after.children[keyword])
        elif keyword != "additionalProperties" and (in_old or in_new):
            change_kind = "rule-added" if in_new else "rule-removed"
            child = (after if in_new else before).children[keyword]
            location = locate_change(child.pointer, in_new=in_new)
            recorder.record(f"{context.direction}-{change_kind}", context.name_tiers, **location)
    _compare_additional_properties(recorder, context, before, after)


def _compare_additional_properties(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record that an object admits more or fewer properties than those that it names."""
    old, new = before.additional_properties, after.additional_properties
    if old == new or (is_object(old) and is_object(new)):
        return
    admits_fewer = new is False or (is_object(new) and old is True)
    pointer = after.node.resolved_pointer
    recorder.record(
        f"{context.direction}-additional-properties-{'closed' if admits_fewer else 'opened'}",
        context.name_tiers,
        new_pointer=f"{pointer}/additionalProperties" if new is not True else pointer,
        covers={f"models.{class_name(context.model_name)}"},
    )
