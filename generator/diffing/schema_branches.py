"""The branches of `oneOf` and `anyOf`, and what can be said of one without all that is around it."""

from typing import Any

from ..loading.document import Document
from ..loading.json_data import list_or_empty, object_or_empty
from .schema_nodes import ANNOTATION_KEYWORDS, TEXT_KEYWORDS, SchemaNode, flatten_schema, schema_node

UNION_KEYWORDS = ("oneOf", "anyOf")


def union_branches(document: Document, pointer: str, schema: dict[str, Any]) -> list[SchemaNode]:
    """Return the branches of the `oneOf` and `anyOf` that stand in a schema."""
    return [
        schema_node(document, f"{pointer}/{keyword}/{index}", branch)
        for keyword in UNION_KEYWORDS
        for index, branch in enumerate(list_or_empty(schema.get(keyword)))
    ]


def admits_null(node: SchemaNode) -> bool:
    """Whether a schema says that null is admitted, itself or in a branch of a union."""
    pending, seen_pointers = [node], set[str]()
    while pending:
        current = pending.pop()
        for pointer, schema in flatten_schema(current):
            keywords = object_or_empty(schema)
            if pointer in seen_pointers:
                continue
            seen_pointers.add(pointer)
            if (
                "null" in type_set(keywords.get("type"))
                or keywords.get("nullable") is True
                or None in list_or_empty(keywords.get("enum"))
                or keywords.get("const", "") is None
            ):
                return True
            pending += union_branches(node.document, pointer, keywords)
    return False


def is_null(branch: SchemaNode) -> bool:
    """Whether a branch admits null and nothing else."""
    return object_or_empty(branch.parts[0][1]).get("type") == "null"


def required_group(branch: SchemaNode) -> frozenset[str] | None:
    """Return the properties that a branch requires, if it has no other keyword."""
    schema = object_or_empty(branch.parts[0][1])
    return frozenset(list_or_empty(schema.get("required"))) if set(schema) == {"required"} else None


def only_lists_values(branch: SchemaNode) -> bool:
    """Whether a branch lists values, and says nothing else of them."""
    schemas = [object_or_empty(schema) for _, schema in flatten_schema(branch)]
    keywords = {keyword for schema in schemas for keyword in schema}
    lists_values = bool(keywords & {"enum", "const"})
    return lists_values and keywords <= {"$ref", "type", "enum", "const", *ANNOTATION_KEYWORDS}


def plain_types(branch: SchemaNode) -> set[str]:
    """Return the types of a branch that has no other keyword; empty for objects and arrays."""
    schema = object_or_empty(branch.parts[0][1])
    if "type" not in schema or set(schema) - {"type", *TEXT_KEYWORDS}:
        return set()
    types = type_set(schema["type"])
    return set() if types & {"object", "array"} else types


def type_set(type_value: Any) -> set[str]:
    """Return the value of the keyword `type`, which is a text or a list of texts, as a set."""
    return {type_value} if isinstance(type_value, str) else set(map(str, list_or_empty(type_value)))
