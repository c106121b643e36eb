"""Compares keywords of two schemas for which no other module exists: constraints, formats, texts."""

import json
from typing import Any

from attrs import frozen

from ..loading.json_data import object_or_empty
from .deprecations import deprecation_of, explain_x_sdk_deprecation, record_deprecation
from .python_names import ComparisonContext
from .recorder import Recorder
from .schema_equality import is_same_content
from .schema_nodes import (
    ANNOTATION_KEYWORDS,
    MAXIMUM_KEYWORDS,
    MINIMUM_KEYWORDS,
    SchemaNode,
    schema_node,
)
from .schema_shapes import TYPED_FORMATS, KeywordValue, SchemaShape

# Boolean keywords, with the kinds of change when they become true and when they become false.
_FLAG_KINDS = {
    "readOnly": ("became-read-only", "no-longer-read-only"),
    "writeOnly": ("became-write-only", "no-longer-write-only"),
    "uniqueItems": ("constraint-tightened", "constraint-loosened"),
}
# Compared together: the second says something about the first.
_DEPRECATION_KEYWORDS = ("deprecated", "x-sdk")
# Keywords whose absence means 0 (JSON Schema Validation 2020-12, sections 6.3.2, 6.4.2 and 6.5.2).
_ZERO_BY_DEFAULT = frozenset({"minLength", "minItems", "minProperties"})
_TEXT_KINDS = {
    "description": "description-changed",
    "title": "title-changed",
    "example": "example-changed",
    "examples": "example-changed",
    "x-evidence": "evidence-changed",
    "x-evidence-default": "evidence-changed",
    "x-evidence-required": "evidence-changed",
}
# Conditions that are compared as a whole, because no algorithm decides in general which one admits more.
_RULE_KEYWORDS = frozenset(
    {
        "$dynamicRef",
        "contains",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "not",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)


@frozen
class _KeywordPair:
    """A keyword of two schemas; None for a schema that does not have it."""

    name: str
    old: KeywordValue | None
    new: KeywordValue | None

    @property
    def before(self) -> Any:
        return self.old[0] if self.old else None

    @property
    def after(self) -> Any:
        return self.new[0] if self.new else None

    @property
    def differs(self) -> bool:
        # In Python 1 == True; in JSON they are different values.
        return self.before != self.after or type(self.before) is not type(self.after)

    def added_or_removed_kind(self, noun: str) -> str:
        """Return the kind that says whether the keyword was added, removed or changed."""
        return f"{noun}-{'added' if self.old is None else 'removed' if self.new is None else 'changed'}"


def compare_keywords(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record each keyword that differs between two schemas."""
    compare_annotations(recorder, context, before, after)
    for name in dict.fromkeys([*before.keywords, *after.keywords]):
        if name not in ANNOTATION_KEYWORDS:
            _compare_keyword(recorder, context, before, after, name)


def compare_annotations(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record each keyword that says what a value is for, and that differs between two schemas."""
    _compare_deprecation(recorder, context, before, after)
    for name in dict.fromkeys([*before.keywords, *after.keywords]):
        if name in ANNOTATION_KEYWORDS and name not in _DEPRECATION_KEYWORDS:
            _compare_keyword(recorder, context, before, after, name)


def _compare_keyword(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape, name: str
) -> None:
    keyword = _KeywordPair(name, before.keywords.get(name), after.keywords.get(name))
    if not keyword.differs:
        return
    if name == "discriminator" and not _is_selection_changed(before, after):
        return
    change_kind = _change_kind(keyword)
    if change_kind is None:
        return
    recorder.record(
        f"{context.direction}-{change_kind}",
        context.name_tiers,
        old_pointer=keyword.old[1] if keyword.old else None,
        new_pointer=keyword.new[1] if keyword.new else None,
        before=keyword.before,
        after=keyword.after,
    )


def _compare_deprecation(
    recorder: Recorder, context: ComparisonContext, before: SchemaShape, after: SchemaShape
) -> None:
    """Record what differs in `deprecated`, and in what `x-sdk` says about it."""
    old, new = ({name: value for name, (value, _) in shape.keywords.items()} for shape in (before, after))
    keyword = next((name for name in _DEPRECATION_KEYWORDS if name in after.keywords), None)
    pointer = after.keywords[keyword][1] if keyword else after.node.resolved_pointer
    record_deprecation(
        recorder,
        f"{context.direction}-",
        context.name_tiers,
        pointer,
        deprecation_of(old),
        deprecation_of(new),
    )
    pointers = [shape.keywords["x-sdk"][1] for shape in (before, after) if "x-sdk" in shape.keywords]
    explain_x_sdk_deprecation(recorder, *pointers)
    recorder.explained_pointers |= set(pointers)


def _is_selection_changed(before: SchemaShape, after: SchemaShape) -> bool:
    """Whether another property or value selects a variant that both unions have.

    A value that came or went with its variant changes nothing for the others. A schema that was renamed, and
    is otherwise the same, counts as the same.
    """
    old, new = _discriminator_of(before), _discriminator_of(after)
    if not old or not new:
        return False  # a discriminator only helps to find the variant that the schemas admit anyway
    old_variants, new_variants = _variants_by_value(before, old), _variants_by_value(after, new)
    if old.get("propertyName") != new.get("propertyName"):
        return True
    shared_values = old_variants.keys() & new_variants.keys()
    if any(not _is_same_variant(old_variants[value], new_variants[value]) for value in shared_values):
        return True
    return any(
        _is_same_variant(old_variant, new_variant)
        for old_value, old_variant in old_variants.items()
        for new_value, new_variant in new_variants.items()
        if old_value not in shared_values or new_value not in shared_values
    )


def _discriminator_of(shape: SchemaShape) -> dict[str, Any]:
    stated = shape.keywords.get("discriminator")
    return object_or_empty(stated[0]) if stated else {}


def _variants_by_value(shape: SchemaShape, discriminator: dict[str, Any]) -> dict[str, SchemaNode]:
    """Return the variant that each value selects; without a mapping, the name of a component does."""
    document = shape.node.document
    targets = {
        value: str(target) if str(target).startswith("#/") else f"#/components/schemas/{target}"
        for value, target in object_or_empty(discriminator.get("mapping")).items()
    }
    variants = {
        value: schema_node(document, target[1:], {"$ref": target}) for value, target in targets.items()
    }
    mapped_components = {variant.component for variant in variants.values()}
    for branch in shape.branches:
        if branch.component and branch.component not in mapped_components:
            variants[branch.component] = branch
    return variants


def _is_same_variant(old: SchemaNode, new: SchemaNode) -> bool:
    """Whether a variant is the same one, under the same name or a new one."""
    if old.component == new.component:
        return True
    schemas = object_or_empty(new.document.data.get("components")).get("schemas")
    return old.component not in object_or_empty(schemas) and is_same_content(old, new)


def _change_kind(keyword: _KeywordPair) -> str | None:
    """Return the kind of change without its direction, or None if both values mean the same."""
    name = keyword.name
    if name in _ZERO_BY_DEFAULT and (keyword.before or 0) == (keyword.after or 0):
        return None
    if name in MAXIMUM_KEYWORDS or name in MINIMUM_KEYWORDS or name == "multipleOf":
        return "constraint-tightened" if _is_tighter(keyword) else "constraint-loosened"
    if name in _FLAG_KINDS:
        if bool(keyword.before) == bool(keyword.after):
            return None
        kind_if_true, kind_if_false = _FLAG_KINDS[name]
        return kind_if_true if keyword.after else kind_if_false
    return _kind_by_name(keyword)


def _kind_by_name(keyword: _KeywordPair) -> str:
    """Return the kind of change of a keyword that is neither a limit nor a flag."""
    name = keyword.name
    if name in _TEXT_KINDS:
        return _TEXT_KINDS[name]
    if name == "pattern":
        kinds = {"pattern-added": "constraint-tightened", "pattern-removed": "constraint-loosened"}
        return kinds.get(keyword.added_or_removed_kind("pattern"), "pattern-changed")
    if name == "format":
        return "format-changed" if {keyword.before, keyword.after} & TYPED_FORMATS else "format-note-changed"
    if name in ("contentMediaType", "contentEncoding"):
        return "content-changed"
    if name == "default":
        return keyword.added_or_removed_kind("default")
    if name == "discriminator":
        return "discriminator-changed"
    return keyword.added_or_removed_kind("rule") if name in _RULE_KEYWORDS else "annotation-changed"


def _is_tighter(keyword: _KeywordPair) -> bool:
    """Whether a limit admits fewer values than before; without a limit every value is admitted."""
    old, new = keyword.before, keyword.after
    if isinstance(new, bool):  # `exclusiveMaximum` was a boolean before OpenAPI 3.1
        return new
    if old is None or new is None:
        return old is None
    if keyword.name == "multipleOf":
        # As text, because a remainder may be a float.
        return json.dumps(old % new) not in ("0", "0.0")
    return bool(new < old) if keyword.name in MAXIMUM_KEYWORDS else bool(new > old)
