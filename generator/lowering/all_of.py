"""`allOf`, and what stands beside a `$ref`, is merged into one object: the tool keeps only the `$ref`.

A `$ref` with only annotations beside it stays as it is, so that its class keeps its name.
"""

import json
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import (
    ChangedPointers,
    copy_json,
    is_list,
    is_object,
    object_or_empty,
    resolve,
)
from ..loading.schemas import ANNOTATIONS, EXTRA_RULES, walk_schemas
from .references import COMPONENTS, make_component

# If two parts state one of these limits, the stricter one applies: the smaller of upper limits, the larger of
# lower limits.
_UPPER_LIMITS = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_LOWER_LIMITS = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
# Rules that no type shows. If two parts state one of them, the docstring quotes the second, too.
_QUOTED_RULES = frozenset({"pattern", "format", "multipleOf", "not", "contains", "propertyNames"})


def merge_all_of(document: dict[str, Any]) -> ChangedPointers:
    """Merge every `allOf` into the schema that holds it: the tool keeps only a `$ref`.

    Raises GeneratorError if parts contradict each other.
    """
    texts_by_pointer: dict[str, str] = {}
    part_references = {part["$ref"] for _, schema in walk_schemas(document) for part in _ref_parts(schema)}
    for pointer, schema in walk_schemas(document):
        _replace_lone_reference(schema)
        if _is_merged(schema):
            continue
        text = json.dumps(schema, sort_keys=True)
        # A schema with the same text as one around it contains itself. Merging it would never end.
        enclosing_pointer = next(
            (place for place in _list_enclosing(pointer) if texts_by_pointer.get(place) == text), None
        )
        if enclosing_pointer is None:
            merged = _flatten(document, schema, pointer, ())
        else:
            merged = _refer_to(document, enclosing_pointer)
        texts_by_pointer[pointer] = text
        schema.clear()
        schema.update(merged)
        yield pointer
    if texts_by_pointer:
        _remove_unused_parts(document, part_references)


def flatten(document: dict[str, Any], schema: Any, pointer: str) -> dict[str, Any]:
    """Return a copy of a schema with its `allOf` and `$ref` merged into it.

    `pointer` is that of the schema. Raises GeneratorError if parts contradict each other.
    """
    copy: dict[str, Any] = copy_json(_flatten(document, schema, pointer, ()))
    return copy


def _ref_parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (part for part in map(object_or_empty, schema.get("allOf", ())) if "$ref" in part)


def _list_enclosing(pointer: str) -> Iterator[str]:
    """Yield the pointers of all values around the value at `pointer`, the outermost first."""
    tokens = pointer.split("/")
    return ("/".join(tokens[:length]) for length in range(1, len(tokens)))


def _remove_unused_parts(document: dict[str, Any], part_references: set[str]) -> None:
    """Remove the components that are used only as parts of an `allOf`: no method uses their classes."""
    used_texts = set(_walk_strings(document))
    for reference in part_references:
        parent, _, name = reference.rpartition("/")
        is_component = f"{parent}/" == COMPONENTS
        if is_component and reference not in used_texts and name not in used_texts:
            document["components"]["schemas"].pop(name, None)


def _walk_strings(value: Any) -> Iterator[str]:
    """Yield every string in a document: references, mappings of discriminators, variants of methods."""
    if isinstance(value, str):
        yield value
    for item in value.values() if is_object(value) else value if is_list(value) else ():
        yield from _walk_strings(item)


def _is_merged(schema: dict[str, Any]) -> bool:
    """Whether a schema has no `allOf`, and only annotations beside a `$ref`."""
    return "allOf" not in schema and ("$ref" not in schema or schema.keys() <= ANNOTATIONS | {"$ref"})


def _replace_lone_reference(schema: dict[str, Any]) -> None:
    """Replace an `allOf` of one `$ref` by that `$ref`, if there are only annotations beside it."""
    parts = schema.get("allOf", [])
    if (
        len(parts) == 1
        and set(object_or_empty(parts[0])) == {"$ref"}
        and schema.keys() <= ANNOTATIONS | {"allOf"}
    ):
        schema["$ref"] = schema.pop("allOf")[0]["$ref"]


def _refer_to(document: dict[str, Any], pointer: str) -> dict[str, Any]:
    """Return a reference to the merged schema at `pointer`, after making it a component if needed."""
    schema = resolve(document, pointer)
    if "$ref" not in schema:
        words = [word for word in pointer.split("/")[3:] if word != "properties"]
        make_component(document, pointer, "".join(word[0].upper() + word[1:] for word in words if word))
    return {"$ref": schema["$ref"]}


def _flatten(
    document: dict[str, Any], schema: Any, pointer: str, followed_references: tuple[str, ...]
) -> dict[str, Any]:
    if schema is False:
        raise GeneratorError("`allOf` with `false` admits no value", pointer=pointer, hint="remove the part")
    if schema is True:
        return {}
    schema = dict(schema)
    merged: dict[str, Any] = {}
    reference = schema.pop("$ref", None)
    if reference is not None:
        if reference in followed_references:
            problem, hint = f"`allOf` leads back to `{reference}`", "remove one reference of the cycle"
            raise GeneratorError(problem, pointer=pointer, hint=hint)
        followed_references_inside = (*followed_references, reference)
        target = resolve(document, reference[1:])
        merged = _flatten(document, target, reference[1:], followed_references_inside)
    for index, part in enumerate(schema.pop("allOf", ())):
        merged_part = _flatten(document, part, f"{pointer}/allOf/{index}", followed_references)
        _merge_into(merged, merged_part, pointer)
    _merge_into(merged, copy_json(schema), pointer)
    return merged


def _merge_into(merged: dict[str, Any], part: dict[str, Any], pointer: str) -> None:
    for key, value in part.items():
        if key == EXTRA_RULES:
            merged[key] = [*merged.get(key, ()), *value]
        elif key in _QUOTED_RULES and merged.get(key, value) != value:
            merged[EXTRA_RULES] = [*merged.get(EXTRA_RULES, ()), {key: value}]
        else:
            merged[key] = _merge_values(key, merged[key], value, pointer) if key in merged else value


def _merge_values(key: str, first: Any, second: Any, pointer: str) -> Any:
    """Return the value of a keyword that two parts of an `allOf` state.

    Raises GeneratorError, at `pointer`, if the values contradict each other.
    """
    if first == second or key in ANNOTATIONS or key == "discriminator":
        return second
    if key.startswith("x-"):
        return first | object_or_empty(second) if is_object(first) else second
    if key in _SCHEMA_KEYWORDS:
        return _SCHEMA_KEYWORDS[key](first, second)
    if key == "required":
        return [*first, *(name for name in second if name not in first)]
    if key in _UPPER_LIMITS:
        return min(first, second)
    if key in _LOWER_LIMITS:
        return max(first, second)
    if key == "enum":
        return [value for value in first if value in second]
    if key == "type" and (types := _common_types(first, second)):
        return types[0] if len(types) == 1 else types
    raise GeneratorError(
        f"parts of `allOf` contradict each other: `{key}` has two values",
        pointer=pointer,
        hint=f"state `{key}` once, in the schema that holds the `allOf`",
    )


def _common_types(first: Any, second: Any) -> list[str]:
    """Return the types that both values of `type` admit; an integer is a number, too."""
    first_types: list[str] = [first] if isinstance(first, str) else first
    second_types: list[str] = [second] if isinstance(second, str) else second
    common_types = [
        name
        for name in first_types
        if name in second_types or (name == "integer" and "number" in second_types)
    ]
    if "number" in first_types and "integer" in second_types and "integer" not in common_types:
        common_types.append("integer")
    return common_types


def _merge_schemas(first: Any, second: Any) -> Any:
    """Return a schema that admits what both schemas admit; an `allOf` in it is merged after this one."""
    if first is False or second is False:
        return False
    if not first or first is True or first == second:
        return second
    if not second or second is True:
        return first
    return {"allOf": [first, second]}


def _merge_schemas_by_name(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    merged = {**first, **second}
    return merged | {name: _merge_schemas(first[name], second[name]) for name in first if name in second}


def _merge_unions(first: list[Any], second: list[Any]) -> list[Any]:
    """Return the union of all pairs of branches: a value matches one of the first, and one of the second."""
    return [_merge_schemas(*pair) for pair in product(first, second)]


def _merge_lists_by_name(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in first | second}


# How the values of keywords that hold schemas, or names by name, are merged.
_SCHEMA_KEYWORDS: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(
        ("items", "additionalProperties", "unevaluatedProperties", "contentSchema"), _merge_schemas
    ),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), _merge_schemas_by_name),
    **dict.fromkeys(("anyOf", "oneOf"), _merge_unions),
    "dependentRequired": _merge_lists_by_name,
}
