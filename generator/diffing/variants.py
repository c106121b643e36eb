"""Compares the branches of `oneOf` and `anyOf`: the variants of a value."""

from .properties import CompareSchemas
from .python_names import ComparisonContext, Names, classes_below
from .recorder import ChangeLocation, Recorder, locate_change
from .schema_nodes import SchemaNode, canonical_text
from .schema_shapes import SchemaShape, read_shape


def compare_variants(
    recorder: Recorder,
    context: ComparisonContext,
    before: SchemaShape,
    after: SchemaShape,
    compare_schemas: CompareSchemas,
) -> None:
    """Record variants that were added or removed, and compare those that both sides have.

    A schema without `oneOf` or `anyOf` is the only variant of itself.
    """
    if not before.branches and not after.branches:
        return
    old_variants = before.branches or [before.node]
    new_variants = after.branches or [after.node]
    pairs = _pair_variants(old_variants, new_variants)
    for old, new in pairs:
        if (old, new) != (before.node, after.node):
            variant_context = context.for_nameless_schema(f"type_{new_variants.index(new)}")
            compare_schemas(recorder, variant_context, old, new)
    paired_pointers = {variant.pointers for pair in pairs for variant in pair}
    for index, variant in enumerate(old_variants):
        if variant.pointers not in paired_pointers:
            location = locate_change(variant.pointer, in_new=False)
            _record_variant(recorder, context, "variant-removed", variant, index, location)
    for index, variant in enumerate(new_variants):
        if variant.pointers not in paired_pointers:
            location = locate_change(variant.pointer, in_new=True)
            _record_variant(recorder, context, "variant-added", variant, index, location)


def _record_variant(
    recorder: Recorder,
    context: ComparisonContext,
    change_kind: str,
    variant: SchemaNode,
    index: int,
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
    recorder.record(
        f"{context.direction}-{change_kind}",
        (*context.name_tiers, names),
        covers=classes_below(variant, f"{context.model_name}_type_{index}") | {*variant_names} | arguments,
        **location,
    )


def _pair_variants(
    old_variants: list[SchemaNode], new_variants: list[SchemaNode]
) -> list[tuple[SchemaNode, SchemaNode]]:
    """Pair the variants that belong together, by the strongest evidence first."""
    unpaired_old, unpaired_new = list(old_variants), list(new_variants)
    pairs: list[tuple[SchemaNode, SchemaNode]] = []
    for belong_together in (_same_component, _same_content, _same_constant, _same_types):
        for old in list(unpaired_old):
            new = next((candidate for candidate in unpaired_new if belong_together(old, candidate)), None)
            if new is not None:
                unpaired_old.remove(old)
                unpaired_new.remove(new)
                pairs.append((old, new))
    return pairs


def _same_component(old: SchemaNode, new: SchemaNode) -> bool:
    return old.component is not None and old.component == new.component


def _same_content(old: SchemaNode, new: SchemaNode) -> bool:
    return canonical_text(old) == canonical_text(new)


def _same_constant(old: SchemaNode, new: SchemaNode) -> bool:
    """Whether a property, such as that of a discriminator, has the same constant value in both."""
    both_named = old.component is not None and new.component is not None
    return not both_named and bool(_constant_properties(old) & _constant_properties(new))


def _constant_properties(node: SchemaNode) -> set[tuple[str, str]]:
    """Return the properties of an object that have one possible value, with that value as JSON text."""
    shapes = {name: read_shape(schema) for name, schema in read_shape(node).properties.items()}
    return {(name, value) for name, shape in shapes.items() if shape.is_const for value in shape.values or ()}


def _same_types(old: SchemaNode, new: SchemaNode) -> bool:
    """Whether both are nameless schemas of the same types that, if objects, have a property in common."""
    if old.component or new.component:
        return False
    before, after = read_shape(old), read_shape(new)
    share_property = not before.properties or bool(before.properties.keys() & after.properties.keys())
    return before.types == after.types and share_property
