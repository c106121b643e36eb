"""Which properties a schema and its parts describe."""

from ..loading.document import Document
from ..loading.json_data import Json, list_or_empty, object_or_empty, resolve

# By name of a property: the schemas that the parts of an object give for it.
PropertySchemas = dict[str, list[Json]]


def find_properties(document: Document, schema: Json) -> PropertySchemas:
    """Return the properties of a schema, of the target of its `$ref`, and of all parts and branches."""
    property_schemas: PropertySchemas = {}
    _collect_properties(document, schema, property_schemas, set())
    return property_schemas


def _collect_properties(
    document: Document, schema: Json, property_schemas: PropertySchemas, visited_references: set[str]
) -> None:
    schema_object = object_or_empty(schema)
    for name, property_schema in object_or_empty(schema_object.get("properties")).items():
        if property_schema is not False:  # `false` forbids the property
            property_schemas.setdefault(name, []).append(property_schema)
    reference = schema_object.get("$ref")
    if isinstance(reference, str) and reference not in visited_references:
        target = resolve(document.data, reference[1:])
        _collect_properties(document, target, property_schemas, {*visited_references, reference})
    for keyword in ("allOf", "oneOf", "anyOf"):
        for part in list_or_empty(schema_object.get(keyword)):
            _collect_properties(document, part, property_schemas, visited_references)
