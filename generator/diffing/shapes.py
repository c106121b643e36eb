"""What a schema admits, in the terms in which two of them are compared."""

import json
from typing import Any

from attrs import define, field

from ..spec import as_list, as_object, escape, is_list, is_object
from .nodes import MAXIMA, MINIMA, TEXTS, Node, child, flattened, joined, node, unescape

_UNIONS = ("oneOf", "anyOf")
_STRUCTURE = frozenset(
    {
        "$ref",
        "allOf",
        "oneOf",
        "anyOf",
        "type",
        "nullable",
        "enum",
        "const",
        "properties",
        "required",
        "items",
    }
    | {"additionalProperties", "contentSchema"}
)
Said = tuple[Any, str]


@define
class Shape:
    """A schema taken apart. What maps to a string maps to the JSON pointer where it stands."""

    node: Node
    types: set[str] | None = None
    nullable: bool = False
    values: dict[str, str] | None = None
    is_const: bool = False
    open: bool = False
    properties: dict[str, Node] = field(factory=dict)
    required: dict[str, str] = field(factory=dict)
    forbidden: dict[str, str] = field(factory=dict)
    children: dict[str, Node] = field(factory=dict)
    additional: Any = True
    alternatives: dict[frozenset[str], str] = field(factory=dict)
    branches: list[Node] = field(factory=list)
    keywords: dict[str, Said] = field(factory=dict)


def shape(given: Node) -> Shape:
    """Take a schema apart."""
    found = Shape(given)
    for pointer, schema in flattened(given):
        if is_object(schema):
            _take(found, given, pointer, schema)
        elif schema is False:
            found.types = set()
    if found.values is not None and "null" in found.values:
        del found.values["null"]
        found.nullable = True
    if found.types is not None and "null" in found.types:
        found.types.discard("null")
        found.nullable = True
    if found.types is None and found.values:
        found.types = {_type_of(json.loads(value)) for value in found.values}
    return found


def _take(found: Shape, given: Node, pointer: str, schema: dict[str, Any]) -> None:
    _take_types(found, pointer, schema)
    _take_members(found, given, pointer, schema)
    for keyword in _UNIONS:
        if is_list(schema.get(keyword)):
            branches = [
                node(given.document, f"{pointer}/{keyword}/{index}", branch)
                for index, branch in enumerate(as_list(schema[keyword]))
            ]
            _take_union(found, branches)
    for key, value in schema.items():
        if key not in _STRUCTURE:
            found.keywords[key] = (_both(key, found.keywords.get(key), value), f"{pointer}/{escape(key)}")


def _both(key: str, old: Said | None, new: Any) -> Any:
    """What two parts say at once; of texts and the like the last word counts."""
    if (
        old is None
        or old[0] == new
        or key in TEXTS
        or key in ("default", "deprecated", "readOnly", "writeOnly")
    ):
        return new
    if key in MAXIMA or key in MINIMA:
        return min(old[0], new) if key in MAXIMA else max(old[0], new)
    return f"{old[0]} and {new}" if key == "pattern" else {"allOf": [old[0], new]}


def _take_types(found: Shape, pointer: str, schema: dict[str, Any]) -> None:
    given = schema.get("type")
    if given is not None:
        types = {given} if isinstance(given, str) else set(as_list(given))
        found.types = types if found.types is None else found.types & types
    if schema.get("nullable") is True:
        found.nullable = True
    if "enum" in schema or "const" in schema:
        key = "enum" if "enum" in schema else "const"
        values = as_list(schema["enum"]) if key == "enum" else [schema["const"]]
        said = {json.dumps(value, sort_keys=True): f"{pointer}/{key}" for value in values}
        found.is_const = len(said) == 1
        found.values = (
            said if found.values is None else {one: at for one, at in found.values.items() if one in said}
        )


def _take_members(found: Shape, given: Node, pointer: str, schema: dict[str, Any]) -> None:
    for name, member in as_object(schema.get("properties")).items():
        at = child(given.document, f"{pointer}/properties", name, member)
        if member is False:
            found.forbidden[name] = at.pointer
            found.properties.pop(name, None)
        elif name not in found.forbidden:
            known = found.properties.get(name)
            found.properties[name] = joined([known, at]) if known else at
    for name in as_list(schema.get("required")):
        found.required[name] = f"{pointer}/required"
    for key in ("items", "contentSchema"):
        if key in schema:
            at = child(given.document, pointer, key, schema[key])
            found.children[key] = joined([found.children[key], at]) if key in found.children else at
    if "additionalProperties" in schema and found.additional is not False:
        found.additional = schema["additionalProperties"]
        if is_object(found.additional):
            found.children["additionalProperties"] = child(
                given.document, pointer, "additionalProperties", found.additional
            )


def _take_union(found: Shape, branches: list[Node]) -> None:
    plain = [branch for branch in branches if not _is_null(branch)]
    found.nullable = found.nullable or len(plain) < len(branches)
    groups = [_group(branch) for branch in plain]
    if plain and all(group is not None for group in groups):
        found.alternatives.update(
            {group: at.pointer for group, at in zip(groups, plain, strict=True) if group}
        )
        return
    listed = [branch for branch in plain if _values_alone(branch)]
    texts = [branch for branch in plain if _types_alone(branch) == {"string"}]
    if len(plain) == 2 and len(listed) == 1 and len(texts) == 1:
        inner = shape(listed[0])
        found.values, found.open, found.types = inner.values, True, inner.types
        return
    if plain and all(_types_alone(branch) for branch in plain):
        types = {one for branch in plain for one in _types_alone(branch)}
        found.types = types if found.types is None else found.types & types
    elif len(plain) == 1:
        _merge_only(found, plain[0])
    else:
        found.branches += plain


def _merge_only(found: Shape, only: Node) -> None:
    """A union of one, null aside, is that one."""
    for pointer, schema in flattened(only):
        if is_object(schema):
            _take(found, only, pointer, schema)


def _is_null(branch: Node) -> bool:
    return as_object(branch.parts[0][1]).get("type") == "null"


def _group(branch: Node) -> frozenset[str] | None:
    schema = as_object(branch.parts[0][1])
    return frozenset(as_list(schema.get("required"))) if set(schema) == {"required"} else None


def _values_alone(branch: Node) -> bool:
    schema = {key: value for _, part in flattened(branch) for key, value in as_object(part).items()}
    return "enum" in schema or "const" in schema


def _types_alone(branch: Node) -> set[str]:
    """The types of a schema that names types and nothing else."""
    schema = as_object(branch.parts[0][1])
    if "type" not in schema or set(schema) - {"type", *TEXTS}:
        return set()
    given = schema["type"]
    types = {given} if isinstance(given, str) else set(as_list(given))
    return set() if types & {"object", "array"} else types


def _type_of(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case None:
            return "null"
        case _:
            return "object"


__all__ = ["Shape", "shape", "unescape"]
