"""Compares the branches of `oneOf` and `anyOf`: the variants of a value."""

from collections.abc import Callable, Iterator

from ..loading.json_data import list_or_empty, object_or_empty
from .properties import CompareSchemas
from .python_names import ComparisonContext, Names, classes_below
from .recorder import ChangeLocation, Recorder, locate_change
from .schema_branches import UNION_KEYWORDS, is_null, only_lists_values, plain_types, union_branches
from .schema_equality import is_same_content
from .schema_nodes import (
    ANNOTATION_KEYWORDS,
    SchemaNode,
    child_node,
    flatten_schema,
    join_nodes,
    schema_node,
)
from .schema_shapes import SchemaShape, read_shape

_Pairs = list[tuple[SchemaNode, SchemaNode]]
# Keywords that lead to other schemas, which are read themselves.
_APPLICATORS = {"$ref", "allOf", *UNION_KEYWORDS}
# Keywords beside a union that its branches state themselves, or that belong to the union as a whole.
_STATED_BY_BRANCHES = {"type", "nullable", "discriminator"}


def compare_variants(
    recorder: Recorder,
    context: ComparisonContext,
    before: SchemaShape,
    after: SchemaShape,
    compare_variant: CompareSchemas,
) -> None:
    """Record variants that were added or removed, and compare those that both sides have.

    A schema without `oneOf` or `anyOf` is the only variant of itself. Whether null is admitted is not
    compared: it belongs to the union.
    """
    if not before.branches and not after.branches:
        return
    pairs, removed, added = _match_variants(before.branches or [before.node], after.branches or [after.node])
    if any(old.pointer != new.pointer for old, new in pairs):
        # Branches at the same place of both lists do not belong together.
        recorder.explained_trees |= {
            branch.pointer.rpartition("/")[0] for shape in (before, after) for branch in shape.branches
        }
    # If only one side is a union, what it says beside its branches holds for each of them.
    is_new_union = bool(before.branches) != bool(after.branches)
    for old, new in pairs:
        index = _index_of(new, after)
        variant_context = context if index is None else context.for_nameless_schema(f"type_{index}")
        if is_new_union and new.component:
            variant_context = variant_context.for_component(new.component)
        compare_variant(
            recorder,
            variant_context,
            _with_common_keywords(old, before) if is_new_union else old,
            _with_common_keywords(new, after) if is_new_union else new,
        )
    for variant in removed:
        location = locate_change(variant.pointer, in_new=False)
        _record_variant(recorder, context, "variant-removed", variant, _index_of(variant, before), location)
    for variant in added:
        location = locate_change(variant.pointer, in_new=True)
        _record_variant(recorder, context, "variant-added", variant, _index_of(variant, after), location)


def _index_of(variant: SchemaNode, shape: SchemaShape) -> int | None:
    """Return the place of a variant in its union, after which its class is named; None if it has none."""
    pointers = [branch.pointer for branch in shape.branches]
    inner = [
        index
        for index, pointer in enumerate(pointers)
        if variant.pointer == pointer or variant.pointer.startswith(f"{pointer}/")
    ]
    return inner[0] if inner else None


def _with_common_keywords(variant: SchemaNode, shape: SchemaShape) -> SchemaNode:
    """Return a variant together with what its union says beside its branches, if that restricts values."""
    if not shape.branches:
        return variant
    common_parts = [
        schema_node(shape.node.document, pointer, {key: schema[key] for key in schema.keys() - _APPLICATORS})
        for pointer, value in flatten_schema(shape.node)
        if (schema := object_or_empty(value)).keys()
        - _APPLICATORS
        - ANNOTATION_KEYWORDS
        - _STATED_BY_BRANCHES
    ]
    return join_nodes([variant, *common_parts]) if common_parts else variant


def _record_variant(
    recorder: Recorder,
    context: ComparisonContext,
    change_kind: str,
    variant: SchemaNode,
    index: int | None,
    location: ChangeLocation,
) -> None:
    """Record a variant that was added or removed; `index` is its place among the variants."""
    variant_names: Names = ()
    if variant.component:
        variant_names = tuple(dict.fromkeys(context.for_component(variant.component).name_tiers[-1]))
    arguments = {
        f"{name}({property_name}=)"
        for name in variant_names
        if name.startswith("client.")
        for property_name in read_shape(variant).properties
    }
    names = (*recorder.existing_names(context.name_tiers), *variant_names)
    model_name = context.model_name if index is None else f"{context.model_name}_type_{index}"
    recorder.record(
        f"{context.direction}-{change_kind}",
        (*context.name_tiers, names),
        covers=classes_below(variant, model_name) | {*variant_names} | arguments,
        **location,
    )


def _match_variants(
    old_variants: list[SchemaNode], new_variants: list[SchemaNode]
) -> tuple[_Pairs, list[SchemaNode], list[SchemaNode]]:
    """Return the variants that belong together, and those that only the old or only the new side has.

    Variants are paired by the strongest evidence first. A variant without a counterpart that is a union
    itself, or admits several types, is taken apart: its parts may have counterparts.
    """
    unpaired_old = _join_open_enum(list(map(_unwrap, old_variants)))
    unpaired_new = _join_open_enum(list(map(_unwrap, new_variants)))
    pairs = list(_take_pairs(unpaired_old, unpaired_new, (_same_component, is_same_content)))
    unpaired_old = [part for variant in unpaired_old for part in _take_apart(variant)]
    unpaired_new = [part for variant in unpaired_new for part in _take_apart(variant)]
    pairs += _take_pairs(unpaired_old, unpaired_new, (_same_component, is_same_content, _same_constant))
    pairs += _take_most_similar(unpaired_old, unpaired_new)
    return pairs, unpaired_old, unpaired_new


def _join_open_enum(variants: list[SchemaNode]) -> list[SchemaNode]:
    """Make one variant of those that list texts, if another one admits any text."""
    texts = [variant for variant in variants if plain_types(variant) == {"string"}]
    enums = [
        variant
        for variant in variants
        if only_lists_values(variant) and read_shape(variant).types == {"string"}
    ]
    if len(texts) != 1 or not enums or len(variants) == 1 + len(enums):
        return variants
    joined = {"anyOf": [variant.parts[0][1] for variant in (*enums, *texts)]}
    others = [variant for variant in variants if variant not in texts and variant not in enums]
    return [schema_node(texts[0].document, texts[0].pointer, joined), *others]


def _take_pairs(
    unpaired_old: list[SchemaNode],
    unpaired_new: list[SchemaNode],
    rules: tuple[Callable[[SchemaNode, SchemaNode], bool], ...],
) -> Iterator[tuple[SchemaNode, SchemaNode]]:
    """Take the variants that belong together by a rule out of both lists, and yield them."""
    for belong_together in rules:
        for old in list(unpaired_old):
            new = next((candidate for candidate in unpaired_new if belong_together(old, candidate)), None)
            if new is not None:
                unpaired_old.remove(old)
                unpaired_new.remove(new)
                yield old, new


def _take_most_similar(
    unpaired_old: list[SchemaNode], unpaired_new: list[SchemaNode]
) -> Iterator[tuple[SchemaNode, SchemaNode]]:
    """Take variants of the same types out of both lists, the most similar ones first, and yield them."""
    ranked = sorted(
        (
            (_similarity(old, new), -old_index, -new_index)
            for old_index, old in enumerate(unpaired_old)
            for new_index, new in enumerate(unpaired_new)
        ),
        reverse=True,
    )
    old_variants, new_variants = list(unpaired_old), list(unpaired_new)
    for similarity, old_index, new_index in ranked:
        old, new = old_variants[-old_index], new_variants[-new_index]
        if similarity and old in unpaired_old and new in unpaired_new:
            unpaired_old.remove(old)
            unpaired_new.remove(new)
            yield old, new


def _unwrap(variant: SchemaNode) -> SchemaNode:
    """Return what a variant consists of, if it is an `allOf` or a union of one schema and says no more."""
    while len(variant.parts) == 1:
        pointer, value = variant.parts[0]
        schema = object_or_empty(value)
        match tuple(schema.keys() - ANNOTATION_KEYWORDS - {"nullable"}):
            case ("allOf",):
                inner = [
                    child_node(variant.document, f"{pointer}/allOf", str(index), branch)
                    for index, branch in enumerate(list_or_empty(schema["allOf"]))
                ]
            case ("oneOf",) | ("anyOf",):
                branches = union_branches(variant.document, pointer, schema)
                inner = [branch for branch in branches if not is_null(branch)]
            case _:
                return variant
        if len(inner) != 1:
            return variant
        variant = inner[0]
    return variant


def _take_apart(variant: SchemaNode, seen: frozenset[str] = frozenset()) -> list[SchemaNode]:
    """Return the branches of a variant that is a union, one part for each type, or the variant itself."""
    shape = read_shape(variant)
    pointer = variant.resolved_pointer
    if shape.branches and pointer not in seen and variant is _with_common_keywords(variant, shape):
        return [part for branch in shape.branches for part in _take_apart(_unwrap(branch), seen | {pointer})]
    types = set(shape.types or ())
    if "number" in types:
        types.discard("integer")
    if shape.branches or shape.values is not None or len(types) < 2:
        return [variant]
    return [
        join_nodes([variant, schema_node(variant.document, f"{pointer}/type/{name}", {"type": name})])
        for name in sorted(types)
    ]


def _same_component(old: SchemaNode, new: SchemaNode) -> bool:
    return old.component is not None and old.component == new.component


def _same_constant(old: SchemaNode, new: SchemaNode) -> bool:
    """Whether a property, such as that of a discriminator, has the same constant value in both."""
    both_named = old.component is not None and new.component is not None
    return not both_named and bool(_constant_properties(old) & _constant_properties(new))


def _constant_properties(node: SchemaNode) -> set[tuple[str, str]]:
    """Return the properties of an object that have one possible value, with that value as JSON text."""
    shapes = {name: read_shape(schema) for name, schema in read_shape(node).properties.items()}
    return {(name, value) for name, shape in shapes.items() if shape.is_const for value in shape.values or ()}


def _similarity(old: SchemaNode, new: SchemaNode) -> int:
    """Return how much two variants of the same types have in common; 0 if they do not belong together.

    A component that has a class of its own belongs to no other class: callers use it by its name.
    """
    before, after = read_shape(old), read_shape(new)
    if (old.component and _has_class(before)) or (new.component and _has_class(after)):
        return 0
    old_types, new_types = _types_of(before), _types_of(after)
    if not (old_types & new_types or {"integer", "number"} == old_types | new_types):
        return 0
    shared_properties = len(before.properties.keys() & after.properties.keys())
    if before.properties and not shared_properties:
        return 0
    old_items, new_items = (
        _types_of(read_shape(shape.children["items"])) if "items" in shape.children else set[str]()
        for shape in (before, after)
    )
    lists_values = (before.values is None) == (after.values is None)
    return 1 + shared_properties + (old_items == new_items) + lists_values + (old_types == new_types)


def _has_class(shape: SchemaShape) -> bool:
    return shape.values is not None or "object" in _types_of(shape)


def _types_of(shape: SchemaShape) -> set[str]:
    """Return the types of a schema; one that only describes properties is one of objects."""
    return {"object"} if shape.types is None and shape.properties else set(shape.types or ())
