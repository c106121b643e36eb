"""Where a document uses a style whose form OpenAPI leaves open: `deepObject` with lists."""

from collections.abc import Iterator

from ..loading.document import Document
from ..loading.json_data import Json, is_list, is_object, object_or_empty, resolve
from ..loading.openapi_objects import OpenApiObject, walk_openapi_objects
from ..loading.schemas import SCHEMA_LISTS, SCHEMA_MAPS, SINGLE_SCHEMAS
from .schema_properties import find_properties

_EXPLANATIONS = {
    "": "each item of a list is sent as `name[]=1`, and inside of an object as `name[inner]=1`. OpenAPI "
    "leaves it open; `deep_object_lists` of the root's x-sdk chooses another form",
    "brackets": "each item of a list is sent as `name[]=1`, as x-sdk says",
    "repeated": "each item of a list is sent as `name=1`, as x-sdk says",
    "indexed": "each item of a list is sent as `name[0]=1`, as x-sdk says",
}


def list_open_styles(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield each `deepObject` that may hold a list: its pointer, the style, and how lists are sent."""
    form = object_or_empty(document.data.get("x-sdk")).get("deep_object_lists", "")
    for node in walk_openapi_objects(document.data):
        for pointer, schemas in _list_deep_objects(document, node):
            if any(_may_hold_list(document, schema, set()) for schema in schemas):
                yield f"{pointer}/style", "deepObject", _EXPLANATIONS[form]


def _list_deep_objects(document: Document, node: OpenApiObject) -> Iterator[tuple[str, list[Json]]]:
    """Yield the parameters and form fields of an object in this style: the pointer, and the schemas."""
    if node.kind == "parameter" and node.value.get("style") == "deepObject":
        yield node.pointer, [node.value.get("schema")]
    elif node.kind == "media-type":
        encodings = object_or_empty(node.value.get("encoding"))
        property_schemas = find_properties(document, node.value.get("schema")) if encodings else {}
        for name, encoding in encodings.items():
            if object_or_empty(encoding).get("style") == "deepObject":
                yield f"{node.pointer}/encoding/{name}", property_schemas.get(name, [])


def _may_hold_list(document: Document, schema: Json, visited_references: set[str]) -> bool:
    if not is_object(schema):
        return False
    types = schema.get("type")
    if types == "array" or (is_list(types) and "array" in types):
        return True
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in visited_references:
        visited_references.add(reference)
        if _may_hold_list(document, resolve(document.data, reference[1:]), visited_references):
            return True
    inner_schemas = [
        inner_schema
        for keyword, value in schema.items()
        for inner_schema in (
            [value]
            if keyword in SINGLE_SCHEMAS
            else value.values()
            if keyword in SCHEMA_MAPS and is_object(value)
            else value
            if keyword in SCHEMA_LISTS and is_list(value)
            else ()
        )
    ]
    return any(_may_hold_list(document, inner_schema, visited_references) for inner_schema in inner_schemas)
