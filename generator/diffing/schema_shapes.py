"""Which values a schema admits, in a form that can be compared."""

import json
from typing import Any

from attrs import define, field

from ..loading.json_data import escape, is_list, is_object, list_or_empty, object_or_empty
from .schema_nodes import (
    MAXIMUM_KEYWORDS,
    MINIMUM_KEYWORDS,
    TEXT_KEYWORDS,
    SchemaNode,
    child_node,
    flatten_schema,
    join_nodes,
    schema_node,
)

_UNION_KEYWORDS = ("oneOf", "anyOf")
# Keywords that have their own attribute in `SchemaShape`; all others are in its `keywords`.
_STRUCTURE_KEYWORDS = frozenset(
    {
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contentSchema",
        "enum",
        "items",
        "nullable",
        "oneOf",
        "properties",
        "required",
        "type",
    }
)
# If several parts of a schema have one of these, the last one is used: they cannot be combined.
_OVERRIDING_KEYWORDS = TEXT_KEYWORDS | {"default", "deprecated", "readOnly", "writeOnly"}
KeywordValue = tuple[Any, str]  # the value of a keyword, and the JSON pointer to it


@define
class SchemaShape:
    """Which values a schema admits, all parts combined.

    Attributes:
        node: The schema.
        types: The JSON types that it admits without null, or None for any.
        nullable: Whether it admits null.
        values: The values of `enum` or `const` as JSON text, each with the JSON pointer to its list.
        is_const: Whether there is exactly one value.
        is_open_enum: Whether any text is admitted besides `values`.
        properties: The properties of an object.
        required: The required properties, each with the JSON pointer to the list that names it.
        forbidden: The properties with the schema `false`, each with the JSON pointer to the schema.
        children: The schemas of `items`, `additionalProperties` and `contentSchema`.
        additional_properties: The value of `additionalProperties`; without it everything is admitted.
        alternatives: Groups of properties, each with its JSON pointer. One group must be complete.
        branches: The branches of `oneOf` and `anyOf` that no attribute above represents.
        keywords: Every other keyword.
    """

    node: SchemaNode
    types: set[str] | None = None
    nullable: bool = False
    values: dict[str, str] | None = None
    is_const: bool = False
    is_open_enum: bool = False
    properties: dict[str, SchemaNode] = field(factory=dict)
    required: dict[str, str] = field(factory=dict)
    forbidden: dict[str, str] = field(factory=dict)
    children: dict[str, SchemaNode] = field(factory=dict)
    additional_properties: Any = True
    alternatives: dict[frozenset[str], str] = field(factory=dict)
    branches: list[SchemaNode] = field(factory=list)
    keywords: dict[str, KeywordValue] = field(factory=dict)


def read_shape(node: SchemaNode) -> SchemaShape:
    """Return which values a schema admits."""
    shape = SchemaShape(node)
    for pointer, schema in flatten_schema(node):
        if is_object(schema):
            _add_schema(shape, node, pointer, schema)
        elif schema is False:
            shape.types = set()
    if shape.values is not None and "null" in shape.values:
        del shape.values["null"]
        shape.nullable = True
    if shape.types is not None and "null" in shape.types:
        shape.types.discard("null")
        shape.nullable = True
    if shape.types is None and shape.values:
        shape.types = {_json_type(json.loads(value)) for value in shape.values}
    return shape


def _add_schema(shape: SchemaShape, node: SchemaNode, pointer: str, schema: dict[str, Any]) -> None:
    """Add one of the schemas that apply at once to a shape."""
    _add_types_and_values(shape, pointer, schema)
    _add_properties(shape, node, pointer, schema)
    _add_children(shape, node, pointer, schema)
    for keyword in _UNION_KEYWORDS:
        if is_list(schema.get(keyword)):
            branches = [
                schema_node(node.document, f"{pointer}/{keyword}/{index}", branch)
                for index, branch in enumerate(list_or_empty(schema[keyword]))
            ]
            _add_union(shape, branches)
    for keyword, value in schema.items():
        if keyword not in _STRUCTURE_KEYWORDS:
            combined = _combine_keyword(keyword, shape.keywords.get(keyword), value)
            shape.keywords[keyword] = (combined, f"{pointer}/{escape(keyword)}")


def _combine_keyword(keyword: str, previous: KeywordValue | None, value: Any) -> Any:
    """Return the value of a keyword for two schemas that both apply."""
    if previous is None or previous[0] == value or keyword in _OVERRIDING_KEYWORDS:
        return value
    if keyword in MAXIMUM_KEYWORDS:
        return min(previous[0], value)
    if keyword in MINIMUM_KEYWORDS:
        return max(previous[0], value)
    return f"{previous[0]} and {value}" if keyword == "pattern" else {"allOf": [previous[0], value]}


def _restrict_types(shape: SchemaShape, types: set[str]) -> None:
    shape.types = types if shape.types is None else shape.types & types


def _add_types_and_values(shape: SchemaShape, pointer: str, schema: dict[str, Any]) -> None:
    if schema.get("type") is not None:
        _restrict_types(shape, _type_set(schema["type"]))
    if schema.get("nullable") is True:
        shape.nullable = True
    if "enum" in schema or "const" in schema:
        keyword = "enum" if "enum" in schema else "const"
        values = list_or_empty(schema["enum"]) if keyword == "enum" else [schema["const"]]
        allowed = {json.dumps(value, sort_keys=True): f"{pointer}/{keyword}" for value in values}
        shape.is_const = len(allowed) == 1
        if shape.values is None:
            shape.values = allowed
        else:
            shape.values = {text: place for text, place in shape.values.items() if text in allowed}


def _add_properties(shape: SchemaShape, node: SchemaNode, pointer: str, schema: dict[str, Any]) -> None:
    for name, property_schema in object_or_empty(schema.get("properties")).items():
        property_node = child_node(node.document, f"{pointer}/properties", name, property_schema)
        if property_schema is False:
            shape.forbidden[name] = property_node.pointer
            shape.properties.pop(name, None)
        elif name not in shape.forbidden:
            previous = shape.properties.get(name)
            shape.properties[name] = join_nodes([previous, property_node]) if previous else property_node
    for name in list_or_empty(schema.get("required")):
        shape.required[name] = f"{pointer}/required"


def _add_children(shape: SchemaShape, node: SchemaNode, pointer: str, schema: dict[str, Any]) -> None:
    for keyword in ("items", "contentSchema"):
        if keyword in schema:
            child = child_node(node.document, pointer, keyword, schema[keyword])
            previous = shape.children.get(keyword)
            shape.children[keyword] = join_nodes([previous, child]) if previous else child
    if "additionalProperties" in schema and shape.additional_properties is not False:
        shape.additional_properties = schema["additionalProperties"]
        if is_object(shape.additional_properties):
            shape.children["additionalProperties"] = child_node(
                node.document, pointer, "additionalProperties", shape.additional_properties
            )


def _add_union(shape: SchemaShape, branches: list[SchemaNode]) -> None:
    """Add a `oneOf` or `anyOf` as null, alternatives, an open enum or types, and the rest as branches."""
    value_branches = [branch for branch in branches if not _is_null(branch)]
    shape.nullable = shape.nullable or len(value_branches) < len(branches)
    groups = [_required_group(branch) for branch in value_branches]
    if value_branches and all(group is not None for group in groups):
        pairs = zip(groups, value_branches, strict=True)
        shape.alternatives.update({group: branch.pointer for group, branch in pairs if group})
        return
    enums = [branch for branch in value_branches if _lists_values(branch)]
    texts = [branch for branch in value_branches if _plain_types(branch) == {"string"}]
    if len(value_branches) == 2 and len(enums) == 1 and len(texts) == 1:
        enum = read_shape(enums[0])
        shape.values, shape.is_open_enum, shape.types = enum.values, True, enum.types
        return
    if value_branches and all(_plain_types(branch) for branch in value_branches):
        _restrict_types(shape, {name for branch in value_branches for name in _plain_types(branch)})
    elif len(value_branches) == 1:
        _add_sole_branch(shape, value_branches[0])
    else:
        shape.branches += value_branches


def _add_sole_branch(shape: SchemaShape, branch: SchemaNode) -> None:
    """Add the only branch of a union besides null. It applies as if there were no union."""
    for pointer, schema in flatten_schema(branch):
        if is_object(schema):
            _add_schema(shape, branch, pointer, schema)


def _is_null(branch: SchemaNode) -> bool:
    return object_or_empty(branch.parts[0][1]).get("type") == "null"


def _required_group(branch: SchemaNode) -> frozenset[str] | None:
    """Return the properties that a branch requires, if it has no other keyword."""
    schema = object_or_empty(branch.parts[0][1])
    return frozenset(list_or_empty(schema.get("required"))) if set(schema) == {"required"} else None


def _lists_values(branch: SchemaNode) -> bool:
    return any(
        "enum" in object_or_empty(schema) or "const" in object_or_empty(schema)
        for _, schema in flatten_schema(branch)
    )


def _plain_types(branch: SchemaNode) -> set[str]:
    """Return the types of a branch that has no other keyword; empty for objects and arrays."""
    schema = object_or_empty(branch.parts[0][1])
    if "type" not in schema or set(schema) - {"type", *TEXT_KEYWORDS}:
        return set()
    types = _type_set(schema["type"])
    return set() if types & {"object", "array"} else types


def _type_set(type_value: Any) -> set[str]:
    """Return the value of the keyword `type`, which is a text or a list of texts, as a set."""
    return {type_value} if isinstance(type_value, str) else set(list_or_empty(type_value))


def _json_type(value: Any) -> str:
    match value:
        case bool():  # before int, of which bool is a subclass
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
