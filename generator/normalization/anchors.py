"""Names of schemas for references that are no pointers."""

from typing import Any

from ..loading.json_data import ChangedPointers
from ..loading.openapi_objects import walk_openapi_objects
from ..loading.schemas import walk_schemas

_NAMES = ("$id", "$anchor", "$dynamicAnchor")


def remove_unused_anchors(data: dict[str, Any]) -> ChangedPointers:
    """A name of a schema that no reference uses says nothing to a client."""
    named_schemas = [
        (pointer, schema, keyword)
        for pointer, schema in walk_schemas(data)
        for keyword in _NAMES
        if keyword in schema
    ]
    references = _list_references_by_name(data) if named_schemas else set[str]()
    for pointer, schema, keyword in named_schemas:
        if not any(_names(schema[keyword], reference) for reference in references):
            del schema[keyword]
            yield f"{pointer}/{keyword}"


def _list_references_by_name(data: dict[str, Any]) -> set[str]:
    return {
        reference
        for node in walk_openapi_objects(data)
        for reference in (node.value.get("$ref"), node.value.get("$dynamicRef"))
        if isinstance(reference, str) and reference != "#" and not reference.startswith("#/")
    }


def _names(name: object, reference: str) -> bool:
    """Whether a reference means the name of a schema, or is found from it: the `$id` may be relative."""
    address, _, anchor = reference.partition("#")
    if not isinstance(name, str):
        return False
    return anchor == name.strip("#") or (bool(address) and name.rstrip("#").endswith(address))
