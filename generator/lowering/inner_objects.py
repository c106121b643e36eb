"""Each object becomes a component with its own class: the tool makes some classes of inner objects twice.

Seen: an object inside of an object that may be null ends with "duplicate models". Names are those that the
tool would have chosen, with a number if the name is taken.
"""

from typing import Any

from ..loading.json_data import ChangedPointers, escape, is_list, is_object, object_or_empty
from ..loading.operations import list_operations
from ..loading.origins import COMPONENT_ORIGINS
from ..loading.schemas import ANNOTATIONS
from ..media_types import essence, is_json
from ..names import class_name, model_class_name, modules, pascal_case
from .class_names import has_class, is_object_schema, module_of, take_free_name
from .references import COMPONENTS

# Keywords that restrict only objects.
_OBJECT_KEYWORDS = (
    *("properties", "required", "additionalProperties", "patternProperties", "unevaluatedProperties"),
    *("minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependentSchemas"),
    "x-lowered-required",
)
# Keywords of the other types that stay with them when an object is separated from them.
_OTHER_KEYWORDS = ("items", "format", "prefixItems")
# What the tool calls bodies of these media types.
BODY_NAMES = {"application/x-www-form-urlencoded": "data", "multipart/form-data": "files"}


def move_inner_objects(document: dict[str, Any]) -> ChangedPointers:
    """Make a component of each object inside of another schema or a body: the tool makes some classes twice.

    This concerns the objects of parameters and responses as well.
    """
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    mover = _ObjectMover(schemas, document.setdefault(COMPONENT_ORIGINS, {}))
    for name, schema in list(schemas.items()):
        yield from mover.visit_component(name, schema, f"/components/schemas/{escape(name)}")
    yield from _visit_shared_holders(document, mover)
    yield from _visit_operations(document, mover)


class _ObjectMover:
    """Moves objects to components, and names them. Its methods yield the pointers of moved objects."""

    def __init__(self, schemas: dict[str, Any], origins: dict[str, str]) -> None:
        self._schemas = schemas
        self._origins = origins
        self._taken_modules = {
            module_of(name) for name, schema in schemas.items() if has_class(object_or_empty(schema))
        }

    def visit_component(self, name: str, schema: Any, pointer: str) -> ChangedPointers:
        """Move the objects inside of a component."""
        if is_object(schema) and is_object_schema(schema):
            yield from self._visit_properties(schema, model_class_name(name), pointer)
        else:
            yield from self.visit(schema, "", name, pointer)

    def visit(self, schema: Any, parent: str, name: str, pointer: str) -> ChangedPointers:
        """Move a schema, if it is an object, and the objects inside of it.

        `parent` is the class or module that holds the schema, and `name` its name there.
        """
        if not is_object(schema) or "$ref" in schema:
            return
        if is_list(schema.get("type")):
            _split_object_type(schema)
        if not schema.keys().isdisjoint(("anyOf", "oneOf")):
            yield from self._visit_branches(schema, parent, name, pointer)
        elif schema.get("type") == "array":
            yield from self._visit_items(schema, parent, f"{name}_item", pointer)
        elif is_object_schema(schema):
            component = self._make_component(schema, parent, name, pointer)
            yield pointer
            yield from self._visit_properties(self._schemas[component], model_class_name(component), pointer)

    def _visit_branches(
        self, schema: dict[str, Any], parent: str, name: str, pointer: str
    ) -> ChangedPointers:
        branches = [
            (f"{keyword}/{index}", branch)
            for keyword in ("anyOf", "oneOf")
            for index, branch in enumerate(schema.get(keyword, ()))
        ]
        for position, (place, branch) in enumerate(branches):
            title = object_or_empty(branch).get("title", "")
            suffix = title if title and title != schema.get("title") else f"type_{position}"
            yield from self.visit(branch, parent, f"{name}_{suffix}", f"{pointer}/{place}")

    def _visit_items(self, schema: dict[str, Any], parent: str, name: str, pointer: str) -> ChangedPointers:
        prefix_items = schema.get("prefixItems", [])
        for index, item in enumerate(prefix_items):
            yield from self.visit(item, parent, f"{name}_type_{index}", f"{pointer}/prefixItems/{index}")
        item_name = f"{name}_type_{len(prefix_items)}" if prefix_items else name
        yield from self.visit(schema.get("items"), parent, item_name, f"{pointer}/items")

    def _visit_properties(self, schema: dict[str, Any], parent: str, pointer: str) -> ChangedPointers:
        for name, property_schema in object_or_empty(schema.get("properties")).items():
            yield from self.visit(property_schema, parent, name, f"{pointer}/properties/{escape(name)}")
        additional_schema = schema.get("additionalProperties")
        place = f"{pointer}/additionalProperties"
        yield from self.visit(additional_schema, parent, "AdditionalProperty", place)

    def _make_component(self, schema: dict[str, Any], parent: str, name: str, pointer: str) -> str:
        """Make a component of a schema, replace it by a reference, and return the component's name.

        Annotations are copied, and stay beside the reference, too: they describe the place.
        """
        own_name = str(schema.get("title") or name)
        full_name = f"{pascal_case(parent)}{pascal_case(own_name)}" if parent else own_name
        component_name = take_free_name(class_name(full_name), self._taken_modules, self._schemas)
        component = dict(schema)
        if "title" in component:
            component["x-lowered-title"] = component.pop("title")
        self._schemas[component_name], self._origins[component_name] = component, pointer
        for key in schema.keys() - ANNOTATIONS:
            del schema[key]
        schema["$ref"] = COMPONENTS + component_name
        return component_name


def _split_object_type(schema: dict[str, Any]) -> None:
    """Restate a list of types as a union, if one of them is an object whose properties are described."""
    types: list[str] = schema["type"]
    if "object" not in types or schema.keys().isdisjoint(_OBJECT_KEYWORDS) or "enum" in schema:
        return
    object_keywords = {key: schema.pop(key) for key in _OBJECT_KEYWORDS if key in schema}
    other_keywords = {key: schema.pop(key) for key in list(schema) if key in _OTHER_KEYWORDS}
    del schema["type"]
    keywords_by_type = {"object": object_keywords, "null": {}}
    schema["anyOf"] = [{"type": name, **keywords_by_type.get(name, other_keywords)} for name in types]


def _visit_shared_holders(document: dict[str, Any], mover: _ObjectMover) -> ChangedPointers:
    """Move the objects of shared parameters, bodies and responses, and name them after that component."""
    for section, suffix in (
        ("parameters", "parameter"),
        ("requestBodies", "body"),
        ("responses", "response"),
    ):
        for name, holder in object_or_empty(document["components"].get(section)).items():
            pointer = f"/components/{section}/{escape(name)}"
            yield from _visit_holder(holder, mover, "", f"{name}_{suffix}", pointer)


def _visit_operations(document: dict[str, Any], mover: _ObjectMover) -> ChangedPointers:
    """Move the objects of operations; they are named after their operation."""
    operations = list_operations(document)
    module_names = modules(operation["operationId"] for _, _, operation in operations)
    for (path, method, operation), module in zip(operations, module_names, strict=True):
        item_pointer = f"/paths/{escape(path)}"
        pointer = f"{item_pointer}/{method}"
        for holder_pointer, parameters in (
            (item_pointer, document["paths"][path].get("parameters")),
            (pointer, operation.get("parameters")),
        ):
            for index, parameter in enumerate(parameters or ()):
                place = f"{holder_pointer}/parameters/{index}"
                yield from _visit_holder(parameter, mover, module, str(parameter.get("name")), place)
        request_body = object_or_empty(operation.get("requestBody"))
        yield from _visit_holder(request_body, mover, module, "body", f"{pointer}/requestBody")
        for status, response in object_or_empty(operation.get("responses")).items():
            place = f"{pointer}/responses/{status}"
            yield from _visit_holder(response, mover, module, f"response_{status}", place)


def _visit_holder(holder: Any, mover: _ObjectMover, parent: str, name: str, pointer: str) -> ChangedPointers:
    """Move the objects of a parameter, a body or a response; `parent` is the module of an operation."""
    holder_object = object_or_empty(holder)
    yield from mover.visit(holder_object.get("schema"), parent, name, f"{pointer}/schema")
    content = object_or_empty(holder_object.get("content"))
    for media_type, media_type_object in content.items():
        # An operation may have several bodies, one for each media type. Their names get different suffixes.
        suffix = BODY_NAMES.get(essence(media_type), "json" if is_json(media_type) else "content")
        owner = f"{parent}_{suffix}" if name == "body" and len(content) > 1 else parent
        place = f"{pointer}/content/{escape(media_type)}/schema"
        yield from mover.visit(object_or_empty(media_type_object).get("schema"), owner, name, place)
