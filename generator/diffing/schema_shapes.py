"""Which values a schema admits, in a form that can be compared."""

import json
from typing import Any

from attrs import define, field

from ..loading.json_data import escape, is_list, is_object, list_or_empty, object_or_empty
from .schema_branches import (
    UNION_KEYWORDS,
    admits_null,
    is_null,
    only_lists_values,
    plain_types,
    required_group,
    type_set,
    union_branches,
)
from .schema_nodes import (
    ANNOTATION_KEYWORDS,
    MAXIMUM_KEYWORDS,
    MINIMUM_KEYWORDS,
    SchemaNode,
    child_node,
    flatten_schema,
    join_nodes,
)

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
_OVERRIDING_KEYWORDS = ANNOTATION_KEYWORDS
# Formats for which the client has its own Python type; any other format is only a note to the reader.
TYPED_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})
# Keywords that say something about values of one type only (JSON Schema Validation, section 6).
_KEYWORDS_BY_TYPE = {
    "array": ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "object": (
        *("additionalProperties", "dependentRequired", "dependentSchemas", "discriminator"),
        *("maxProperties", "minProperties", "patternProperties", "propertyNames"),
    ),
    "string": (
        *("contentEncoding", "contentMediaType", "contentSchema", "maxLength", "minLength", "pattern"),
    ),
}
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
        branches: The branches of `oneOf` and `anyOf` that no attribute above represents, without null.
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
    _read_pointers: set[str] = field(factory=set, init=False, repr=False)

    def begin_reading(self, pointer: str) -> bool:
        """Whether the schema at a pointer is not yet a part of the shape; from now on it is."""
        is_new = pointer not in self._read_pointers
        self._read_pointers.add(pointer)
        return is_new


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
    if shape.types is not None and not shape.branches:
        _drop_what_does_not_apply(shape, shape.types)
    return shape


def _drop_what_does_not_apply(shape: SchemaShape, types: set[str]) -> None:
    """Drop keywords about other types than those of a shape (JSON Schema Core, 7.6.1): they say nothing."""
    for type_name, keywords in _KEYWORDS_BY_TYPE.items():
        if type_name in types or (type_name == "number" and "integer" in types):
            continue
        for keyword in keywords:
            shape.keywords.pop(keyword, None)
            shape.children.pop(keyword, None)
    if "string" not in types and shape.keywords.get("format", ("",))[0] in TYPED_FORMATS:
        del shape.keywords["format"]
    if "object" not in types:
        shape.properties, shape.required, shape.forbidden = {}, {}, {}
        shape.alternatives, shape.additional_properties = {}, True


def _add_schema(shape: SchemaShape, node: SchemaNode, pointer: str, schema: dict[str, Any]) -> None:
    """Add one of the schemas that apply at once to a shape."""
    if not shape.begin_reading(pointer):
        return
    _add_types_and_values(shape, pointer, schema)
    _add_properties(shape, node, pointer, schema)
    _add_children(shape, node, pointer, schema)
    for keyword in UNION_KEYWORDS:
        if is_list(schema.get(keyword)):
            _add_union(shape, union_branches(node.document, pointer, {keyword: schema[keyword]}))
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
        _restrict_types(shape, type_set(schema["type"]))
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
    """Add a `oneOf` or `anyOf` as null, alternatives, values or types, and the rest as branches."""
    value_branches = [branch for branch in branches if not is_null(branch)]
    shape.nullable = shape.nullable or any(map(admits_null, branches))
    groups = [required_group(branch) for branch in value_branches]
    if value_branches and all(group is not None for group in groups):
        pairs = zip(groups, value_branches, strict=True)
        shape.alternatives.update({group: branch.pointer for group, branch in pairs if group})
        return
    enums = [read_shape(branch) for branch in value_branches if only_lists_values(branch)]
    texts = [branch for branch in value_branches if plain_types(branch) == {"string"}]
    is_open = len(texts) == 1 and all(enum.types == {"string"} for enum in enums)
    if enums and len(enums) == len(value_branches) - is_open:
        _add_values(shape, enums, is_open=is_open)
    elif value_branches and all(plain_types(branch) for branch in value_branches):
        _restrict_types(shape, {name for branch in value_branches for name in plain_types(branch)})
    elif len(value_branches) == 1:
        _add_sole_branch(shape, value_branches[0])
    else:
        shape.branches += value_branches


def _add_values(shape: SchemaShape, enums: list[SchemaShape], *, is_open: bool) -> None:
    """Add branches that list values as one list; it is open if a further branch admits any text."""
    values = {value: pointer for enum in enums for value, pointer in (enum.values or {}).items()}
    if shape.values is not None:
        values = {value: pointer for value, pointer in shape.values.items() if is_open or value in values}
    shape.values, shape.is_open_enum, shape.is_const = values, is_open, len(values) == 1 and not is_open
    _restrict_types(shape, {name for enum in enums for name in enum.types or ()})


def _add_sole_branch(shape: SchemaShape, branch: SchemaNode) -> None:
    """Add the only branch of a union besides null. It applies as if there were no union."""
    for pointer, schema in flatten_schema(branch):
        if is_object(schema):
            _add_schema(shape, branch, pointer, schema)


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
