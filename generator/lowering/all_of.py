"""`allOf`, and what stands beside a `$ref`, is merged into one object: the tool keeps only the `$ref`.

A `$ref` with only annotations beside it stays as it is, so that its class keeps its name.
"""

import json
from collections.abc import Callable, Iterator
from itertools import product, zip_longest
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
# Rules that no type shows, with the keywords that belong together. If two parts state one of them, the
# docstring quotes the second, too.
_QUOTED_RULES = (
    *(("pattern",), ("format",), ("multipleOf",), ("not",), ("propertyNames",)),
    *(("contentEncoding",), ("contentMediaType",)),
    ("contains", "minContains", "maxContains"),
    ("if", "then", "else"),
)


class _ContradictionError(GeneratorError):
    """Parts of an `allOf` admit no value together."""


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
        raise _ContradictionError(
            "`allOf` with `false` admits no value", pointer=pointer, hint="remove the part"
        )
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
        _merge_into(document, merged, merged_part, pointer)
    _merge_into(document, merged, copy_json(schema), pointer)
    return merged


def _merge_into(document: dict[str, Any], merged: dict[str, Any], part: dict[str, Any], pointer: str) -> None:
    for rule in _take_quoted_rules(merged, part):
        merged[EXTRA_RULES] = [*merged.get(EXTRA_RULES, ()), rule]
    for key, value in part.items():
        if key == EXTRA_RULES:
            merged[key] = [*merged.get(key, ()), *value]
        elif key not in merged:
            merged[key] = value
        elif key in ("anyOf", "oneOf"):
            merged[key] = _merge_unions(document, merged[key], value, pointer)
        else:
            merged[key] = _merge_values(key, merged[key], value, pointer)
    if "const" in merged and merged["const"] in merged.get("enum", ()):
        del merged["enum"]


def _take_quoted_rules(merged: dict[str, Any], part: dict[str, Any]) -> list[dict[str, Any]]:
    """Remove from `part` the rules of which `merged` has others, and return them, each as a schema."""
    taken_rules: list[dict[str, Any]] = []
    for keywords in _QUOTED_RULES:
        merged_rule = {key: merged[key] for key in keywords if key in merged}
        part_rule = {key: part[key] for key in keywords if key in part}
        if merged_rule and part_rule and merged_rule != part_rule:
            taken_rules.append(part_rule)
            for key in part_rule:
                del part[key]
    return taken_rules


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
    if key == "uniqueItems":
        return first or second
    if key == "type" and (types := _common_types(first, second)):
        return types[0] if len(types) == 1 else types
    raise _ContradictionError(
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


def _merge_unions(document: dict[str, Any], first: list[Any], second: list[Any], pointer: str) -> list[Any]:
    """Return the union of the pairs of branches that admit a value: it matches one of each union.

    Raises GeneratorError, at `pointer`, if no pair admits one.
    """
    branches: list[Any] = []
    contradiction: _ContradictionError | None = None
    for pair in product(first, second):
        merged = _merge_schemas(*pair)
        try:
            _check_admits_a_value(document, merged, pointer, ())
        except _ContradictionError as error:
            contradiction = error
        else:
            branches.append(merged)
    if contradiction is not None and not branches:
        raise contradiction
    return branches


def _check_admits_a_value(
    document: dict[str, Any], schema: Any, pointer: str, visited_texts: tuple[str, ...]
) -> None:
    """Raise _ContradictionError if parts of a schema, or of a property that it requires, have no common type.

    `visited_texts` are the schemas around it, because a schema may contain itself.
    """
    text = json.dumps(schema, sort_keys=True)
    if text in visited_texts or not (is_object(schema) and "allOf" in schema):
        return
    merged = _flatten(document, schema, pointer, ())
    values = merged.get("enum", [merged.get("const")])
    if not values or ("const" in merged and merged["const"] not in values):
        raise _ContradictionError("the parts have no value in common", pointer=pointer)
    for name in merged.get("required", ()):
        property_schema = object_or_empty(merged.get("properties")).get(name)
        _check_admits_a_value(document, property_schema, pointer, (*visited_texts, text))


def _merge_positions(first: list[Any], second: list[Any]) -> list[Any]:
    """Return the schemas of the items at each position that one of the lists has."""
    return [_merge_schemas(*pair) for pair in zip_longest(first, second, fillvalue=True)]


def _merge_lists_by_name(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in first | second}


# How the values of keywords that hold schemas, or names by name, are merged.
_SCHEMA_KEYWORDS: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(
        (
            *("items", "additionalProperties"),
            *("unevaluatedProperties", "unevaluatedItems", "contentSchema"),
        ),
        _merge_schemas,
    ),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), _merge_schemas_by_name),
    "prefixItems": _merge_positions,
    "dependentRequired": _merge_lists_by_name,
}
