"""Each object is a component with a class of its own: inside other schemas the tool makes some twice.

Seen: an object inside of an object that may be null, and two schemas whose names make one class (`Any` and
`any`, `a b` and `a_b`), end in "duplicate models". Names are those that the tool would have given, with a
number where one is taken.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from openapi_python_client.strings import pascal_case

from ..loading.json_data import as_object, escape, is_list, is_object, walk_objects
from ..loading.operations import METHODS
from ..loading.origins import COMPONENT_ORIGINS
from ..loading.schemas import ANNOTATIONS, walk_x_sdk_variants
from ..media_types import essence, is_json
from ..names import class_name, identifier, model_name, modules

_COMPONENTS = "#/components/schemas/"
# What says something of objects alone.
_OF_OBJECTS = (
    *("properties", "required", "additionalProperties", "patternProperties", "unevaluatedProperties"),
    *("minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependentSchemas"),
    "x-lowered-required",
)
_BODIES = {"application/x-www-form-urlencoded": "data", "multipart/form-data": "files"}


def tell_classes_apart(document: dict[str, Any]) -> Iterator[str]:
    """Rename components whose class another one has already; those that `x-sdk` names keep their names."""
    schemas = as_object(as_object(document.get("components")).get("schemas"))
    kept = [name for name in walk_x_sdk_variants(document) if name in schemas]
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for name in dict.fromkeys([*kept, *schemas]):
        if _has_class(as_object(schemas[name])):
            if _module(name) in taken:
                renamed[name] = _free(name, taken, schemas)
                yield f"/components/schemas/{escape(name)}"
            taken.add(_module(name))
    if renamed:
        document["components"]["schemas"] = {renamed.get(name, name): one for name, one in schemas.items()}
        places = document.setdefault(COMPONENT_ORIGINS, {})
        for old, new in renamed.items():
            places[new] = places.pop(old, f"/components/schemas/{escape(old)}")
        _lead(document, {_COMPONENTS + old: _COMPONENTS + new for old, new in renamed.items()})


def name_objects(document: dict[str, Any]) -> Iterator[str]:
    """Make a component of each object inside of another schema, a body, a parameter or an answer."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    naming = _Naming(schemas, document.setdefault(COMPONENT_ORIGINS, {}))
    for name, schema in list(schemas.items()):
        yield from naming.component(name, schema, f"/components/schemas/{escape(name)}")
    yield from _shared(document, naming)
    yield from _operations(document, naming)


def _has_class(schema: dict[str, Any]) -> bool:
    return "$ref" not in schema and ("enum" in schema or _is_object(schema))


def _is_object(schema: dict[str, Any]) -> bool:
    """Whether the tool makes a class of a schema that is no reference."""
    if not schema.keys().isdisjoint(("anyOf", "oneOf", "enum")) or is_list(schema.get("type")):
        return False
    return schema.get("type") == "object" or ("type" not in schema and bool(schema.get("properties")))


def _free(name: str, taken: set[str], others: Collection[str]) -> str:
    """`name`, or with a number: none of `others`, and its module not yet taken; it is from now on."""
    free, number = name, 2
    while _module(free) in taken or free in others:
        free, number = f"{name}{number}", number + 1
    taken.add(_module(free))
    return free


def _module(name: str) -> str:
    return identifier(model_name(name))


def _lead(document: dict[str, Any], renamed: Mapping[str, str]) -> None:
    for _, value in walk_objects(document):
        if isinstance(target := value.get("$ref"), str) and target in renamed:
            value["$ref"] = renamed[target]


class _Naming:
    """Names for the objects that have none."""

    def __init__(self, schemas: dict[str, Any], places: dict[str, str]) -> None:
        self._schemas = schemas
        self._places = places
        self._taken = {_module(name) for name, schema in schemas.items() if _has_class(as_object(schema))}

    def component(self, name: str, schema: Any, pointer: str) -> Iterator[str]:
        """Name what is inside of a component."""
        if is_object(schema) and _is_object(schema):
            yield from self._members(schema, model_name(name), pointer)
        else:
            yield from self.visit(schema, "", name, pointer)

    def visit(self, schema: Any, parent: str, name: str, pointer: str) -> Iterator[str]:
        """Name the objects of one schema, which is called `name` inside of the class `parent`."""
        if not is_object(schema) or "$ref" in schema:
            return
        if is_list(schema.get("type")):
            _split(schema)
        if not schema.keys().isdisjoint(("anyOf", "oneOf")):
            yield from self._branches(schema, parent, name, pointer)
        elif schema.get("type") == "array":
            yield from self._items(schema, parent, f"{name}_item", pointer)
        elif _is_object(schema):
            cls = self._make_component(schema, parent, name, pointer)
            yield pointer
            yield from self._members(self._schemas[cls], model_name(cls), pointer)

    def _branches(self, schema: dict[str, Any], parent: str, name: str, pointer: str) -> Iterator[str]:
        found = [
            (f"{key}/{at}", one) for key in ("anyOf", "oneOf") for at, one in enumerate(schema.get(key, ()))
        ]
        for at, (place, branch) in enumerate(found):
            title = as_object(branch).get("title", "")
            word = title if title and title != schema.get("title") else f"type_{at}"
            yield from self.visit(branch, parent, f"{name}_{word}", f"{pointer}/{place}")

    def _items(self, schema: dict[str, Any], parent: str, name: str, pointer: str) -> Iterator[str]:
        several = schema.get("prefixItems", [])
        for index, item in enumerate(several):
            yield from self.visit(item, parent, f"{name}_type_{index}", f"{pointer}/prefixItems/{index}")
        own = f"{name}_type_{len(several)}" if several else name
        yield from self.visit(schema.get("items"), parent, own, f"{pointer}/items")

    def _members(self, schema: dict[str, Any], cls: str, pointer: str) -> Iterator[str]:
        for name, member in as_object(schema.get("properties")).items():
            yield from self.visit(member, cls, name, f"{pointer}/properties/{escape(name)}")
        rest = schema.get("additionalProperties")
        yield from self.visit(rest, cls, "AdditionalProperty", f"{pointer}/additionalProperties")

    def _make_component(self, schema: dict[str, Any], parent: str, name: str, pointer: str) -> str:
        own = str(schema.get("title") or name)
        wanted = class_name(f"{pascal_case(parent)}{pascal_case(own)}" if parent else own)
        found = _free(wanted, self._taken, self._schemas)
        component = dict(schema)
        if "title" in component:
            component["x-lowered-title"] = component.pop("title")
        self._schemas[found], self._places[found] = component, pointer
        for key in schema.keys() - ANNOTATIONS:
            del schema[key]
        schema["$ref"] = _COMPONENTS + found
        return found


def _split(schema: dict[str, Any]) -> None:
    """Say types as a union, if one of them is an object that is described."""
    kinds: list[str] = schema["type"]
    if "object" not in kinds or schema.keys().isdisjoint(_OF_OBJECTS) or "enum" in schema:
        return
    members = {key: schema.pop(key) for key in _OF_OBJECTS if key in schema}
    rest = {key: schema.pop(key) for key in list(schema) if key in ("items", "format", "prefixItems")}
    del schema["type"]
    schema["anyOf"] = [
        {"type": kind, **(members if kind == "object" else rest if kind != "null" else {})} for kind in kinds
    ]


def _shared(document: dict[str, Any], naming: _Naming) -> Iterator[str]:
    """What operations share is named after the component that holds it."""
    for kind, word in (("parameters", "parameter"), ("requestBodies", "body"), ("responses", "response")):
        for name, holder in as_object(document["components"].get(kind)).items():
            at = f"/components/{kind}/{escape(name)}"
            yield from _holder(holder, naming, "", f"{name}_{word}", at)


def _operations(document: dict[str, Any], naming: _Naming) -> Iterator[str]:
    """What an operation alone has is named after it."""
    found = [
        (f"/paths/{escape(path)}", item, method)
        for path, item in document.get("paths", {}).items()
        for method in METHODS
        if is_object(item.get(method))
    ]
    named = modules(item[method]["operationId"] for _, item, method in found)
    for (at, item, method), module in zip(found, named, strict=True):
        operation = item[method]
        for place, given in ((at, item.get("parameters")), (f"{at}/{method}", operation.get("parameters"))):
            for index, one in enumerate(given or ()):
                yield from _holder(one, naming, module, str(one.get("name")), f"{place}/parameters/{index}")
        body = as_object(operation.get("requestBody"))
        yield from _holder(body, naming, module, "body", f"{at}/{method}/requestBody")
        for status, response in as_object(operation.get("responses")).items():
            place = f"{at}/{method}/responses/{status}"
            yield from _holder(response, naming, module, f"response_{status}", place)


def _holder(holder: Any, naming: _Naming, parent: str, name: str, pointer: str) -> Iterator[str]:
    """Name the objects of a parameter, a body or an answer."""
    given = as_object(holder)
    yield from naming.visit(given.get("schema"), parent, name, f"{pointer}/schema")
    content = as_object(given.get("content"))
    for media_type, one in content.items():
        # Several bodies are told apart by how they are sent.
        kind = _BODIES.get(essence(media_type), "json" if is_json(media_type) else "content")
        owner = f"{parent}_{kind}" if name == "body" and len(content) > 1 else parent
        at = f"{pointer}/content/{escape(media_type)}/schema"
        yield from naming.visit(as_object(one).get("schema"), owner, name, at)
