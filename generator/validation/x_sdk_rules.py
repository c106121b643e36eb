"""Rules for `x-sdk`: it follows its schema, and what it names exists.

A wrong name would otherwise change the client without an error.
"""

import json
import keyword
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..loading.document import Document
from ..loading.json_data import Json, escape, follow_reference, list_or_empty, object_or_empty, walk_objects
from ..loading.operations import list_operations
from ..names import identifier, is_taken_package
from .faults import Faults, check_name, locate
from .json_schema import validator
from .schema_properties import PropertySchemas, find_properties

X_SDK_SCHEMA = Path(__file__).parents[1] / "x-sdk.schema.json"
# The keys of a pagination that only some styles have, by style.
_PAGINATION_KEYS = {
    "link": (),
    "cursor": ("parameter", "next", "last_item"),
    "page": ("parameter", "first", "total"),
    "offset": ("parameter", "total"),
}
_VARIANT_PROPERTY = "a property of the method's variants"


def check_x_sdk_schema(document: Document) -> Faults:
    """Check every `x-sdk` by `x-sdk.schema.json`."""
    definitions = json.loads(X_SDK_SCHEMA.read_text(encoding="utf-8"))["$defs"]
    operation_pointers = {
        f"/paths/{escape(path)}/{method}" for path, method, _ in list_operations(document.data)
    }
    for pointer, value in walk_objects(document.data):
        if "x-sdk" not in value:
            continue
        if pointer == "":
            definition_name = "root"
        else:
            definition_name = "operation" if pointer in operation_pointers else "field"
        schema = {"$ref": f"#/$defs/{definition_name}", "$defs": definitions}
        for error in validator(schema).iter_errors(value["x-sdk"]):
            yield locate(document, error, f"{pointer}/x-sdk")


def check_x_sdk_names(document: Document) -> Faults:
    """Check that each name in `x-sdk` names something, and can be a name in Python."""
    for rule in (
        _check_package,
        _check_python_keywords,
        _check_referenced_names,
        _check_distinct_methods,
        _check_methods,
        _check_pagination,
        _check_kept_properties,
        _check_waits,
        _check_commands,
        _check_option_variables,
    ):
        yield from rule(document)


def _check_package(document: Document) -> Faults:
    package = _root_x_sdk(document).get("package", "")
    if is_taken_package(package):
        yield document.error(
            "/x-sdk/package",
            f"`{package}` is a name of Python, its standard library, or a dependency",
            "choose a name that nothing else is imported by",
        )


def _check_python_keywords(document: Document) -> Faults:
    """Check that no name that becomes a Python name is a keyword of Python."""
    x_sdk = _root_x_sdk(document)
    names = {f"/x-sdk/resources/{name}": name for name in x_sdk.get("resources", {})}
    names["/x-sdk/client"] = x_sdk.get("client", "")
    for name, result in x_sdk.get("results", {}).items():
        names[f"/x-sdk/results/{name}"] = name
        names |= {f"/x-sdk/results/{name}/fields/{field}": field for field in result.get("fields", {})}
        names[f"/x-sdk/results/{name}/id/name"] = result.get("id", {}).get("name", "")
    for index, wait in enumerate(x_sdk.get("waits", ())):
        names[f"/x-sdk/waits/{index}/method"] = wait["method"]
    names |= {f"{pointer}/method": method["method"] for pointer, _, method in _list_methods(document)}
    for pointer, name in names.items():
        if keyword.iskeyword(name):
            yield document.error(pointer, f"`{name}` is a keyword of Python", "choose another name")


def _check_referenced_names(document: Document) -> Faults:
    """Check the resources, variants, results and operations that methods and waits name."""
    x_sdk = _root_x_sdk(document)
    schemas, resources, results = (
        _component_schemas(document),
        x_sdk.get("resources", {}),
        x_sdk.get("results", {}),
    )
    result_role = "a result of the root's x-sdk"
    for pointer, operation, method in _list_methods(document):
        role = "a resource of the root's x-sdk, or of a tag"
        known_resources = {*resources, *_tag_resources(document)}
        yield from check_name(document, method["resource"], known_resources, f"{pointer}/resource", role)
        for name in method.get("variants", ()):
            yield from check_name(document, name, schemas, f"{pointer}/variants", "a component schema")
        for name in _list_results(method):
            yield from check_name(document, name, results, f"{pointer}/results", result_role)
        if "operationId" not in operation:
            yield document.error(pointer, "methods need an operation with an operationId", "give it one")
    operation_ids = {
        operation["operationId"]
        for _, _, operation in list_operations(document.data)
        if "operationId" in operation
    }
    for index, wait in enumerate(x_sdk.get("waits", ())):
        pointer = f"/x-sdk/waits/{index}"
        yield from check_name(document, wait["job"], results, f"{pointer}/job", result_role)
        for key in ("status", "result"):
            yield from check_name(document, wait[key], operation_ids, f"{pointer}/{key}", "an operationId")


def _tag_resources(document: Document) -> set[str]:
    """Return the names of the resources that operations have by their tags."""
    return {
        identifier(tag)
        for _, _, operation in list_operations(document.data)
        for tag in list_or_empty(operation.get("tags"))[:1]
        if isinstance(tag, str) and tag
    }


def _check_distinct_methods(document: Document) -> Faults:
    """Check that the methods of a resource have different names: the later would replace the earlier."""
    method_names: set[str] = set()
    for pointer, _, method in _list_methods(document):
        method_name = f"{method['resource']}.{method['method']}"
        if method_name in method_names:
            yield document.error(pointer, f"`{method_name}` is there already", "choose another name")
        method_names.add(method_name)


def _check_methods(document: Document) -> Faults:
    """Check the properties, values and media types that methods name."""
    for pointer, operation, method in _list_methods(document):
        properties = _find_variant_properties(document, method)
        for index, names in enumerate(method.get("exclusive", ())):
            for position, name in enumerate(names):
                place = f"{pointer}/exclusive/{index}/{position}"
                yield from check_name(document, name, properties, place, _VARIANT_PROPERTY)
        for index, overload in enumerate(method.get("overloads", ())):
            yield from _check_overload(document, properties, overload, f"{pointer}/overloads/{index}")
        request_body = follow_reference(document.data, operation.get("requestBody"))
        if "encoding" in method:
            media_types, role = (
                object_or_empty(request_body.get("content")),
                "a media type of the request body",
            )
            yield from check_name(document, method["encoding"], media_types, f"{pointer}/encoding", role)


def _check_pagination(document: Document) -> Faults:
    """Check the parameter of each pagination, and the name of the method that goes through the pages."""
    method_names = {(method["resource"], method["method"]) for _, _, method in _list_methods(document)}
    for path, http_method, operation in list_operations(document.data):
        pagination = object_or_empty(operation.get("x-sdk")).get("pagination")
        if pagination is None:
            continue
        pointer = f"/paths/{escape(path)}/{http_method}/x-sdk/pagination"
        yield from _check_pagination_keys(document, pagination, pointer)
        if "parameter" in pagination:
            names = [
                *_list_parameters(document, path, operation),
                *_list_body_properties(document, operation),
            ]
            role = "a parameter of the operation, or a property of its body"
            yield from check_name(document, pagination["parameter"], names, f"{pointer}/parameter", role)
        name = pagination.get("method", "")
        if keyword.iskeyword(name):
            yield document.error(
                f"{pointer}/method", f"`{name}` is a keyword of Python", "choose another name"
            )
        for method in object_or_empty(operation.get("x-sdk")).get("methods", ()):
            paging_name = name or f"{method['method']}_all"
            if (method["resource"], paging_name) in method_names:
                problem = f"`{method['resource']}.{paging_name}` is there already"
                yield document.error(pointer, problem, "choose another name in `method`")


def _check_pagination_keys(document: Document, pagination: dict[str, Any], pointer: str) -> Faults:
    """Check that a pagination says what its style needs, and nothing that its style ignores."""
    style = pagination["style"]
    for key in pagination.keys() - {*_PAGINATION_KEYS[style], "style", "items", "more", "method"}:
        problem = f"the style `{style}` has no use for `{key}`"
        yield document.error(f"{pointer}/{key}", problem, "leave it out, or choose another style")
    if style != "link" and "parameter" not in pagination:
        problem = f"the style `{style}` needs the `parameter` that asks for the next page"
        yield document.error(pointer, problem, "name a parameter of the operation, or a property of its body")
    if style == "cursor" and ("next" in pagination) == ("last_item" in pagination):
        problem = "the style `cursor` needs `next` or `last_item`, and not both"
        yield document.error(
            pointer, problem, "write the pointer to the cursor in the answer or in its last item"
        )


def _list_body_properties(document: Document, operation: dict[str, Any]) -> list[str]:
    """Return the names of the properties that bodies of an operation may have."""
    content = object_or_empty(follow_reference(document.data, operation.get("requestBody")).get("content"))
    schemas = [object_or_empty(media_type).get("schema") for media_type in content.values()]
    return list(find_properties(document, {"anyOf": [schema for schema in schemas if schema is not None]}))


def _check_overload(
    document: Document, properties: PropertySchemas, overload: dict[str, Any], pointer: str
) -> Faults:
    name, value = overload["field"], overload["equals"]
    yield from check_name(document, name, properties, f"{pointer}/field", _VARIANT_PROPERTY)
    if name in properties and not any(_admits(document, schema, value) for schema in properties[name]):
        problem = f"`{name}` can never be {value!r}"
        yield document.error(f"{pointer}/equals", problem, "write a value that the property's schema admits")


def _admits(document: Document, schema: Json, value: bool | str) -> bool:
    """Whether a schema admits a value. The document is a part of the validated schema, for its references."""
    return bool(validator({**document.data, "allOf": [schema]}).is_valid(value))


def _check_kept_properties(document: Document) -> Faults:
    """Check that the properties that a result keeps exist in the requests that it answers."""
    methods = [method for _, _, method in _list_methods(document)]
    schemas = _component_schemas(document)
    for name, result in _root_x_sdk(document).get("results", {}).items():
        result_methods = [method for method in methods if name in _list_results(method)]
        if not all(variant in schemas for method in result_methods for variant in method.get("variants", ())):
            continue  # reported by `_check_referenced_names`
        properties: PropertySchemas = {}
        for method in result_methods:
            properties |= _find_variant_properties(document, method)
        role = f"a property of a request that `{name}` answers"
        for index, kept_name in enumerate(result.get("keep", ()) if result_methods else ()):
            pointer = f"/x-sdk/results/{name}/keep/{index}"
            yield from check_name(document, kept_name, properties, pointer, role)


def _list_results(method: dict[str, Any]) -> list[str]:
    return [*method.get("results", ()), *(overload["result"] for overload in method.get("overloads", ()))]


def _check_waits(document: Document) -> Faults:
    """Check the resource of each wait, and that each parameter and its source exist."""
    x_sdk = _root_x_sdk(document)
    operations_by_id = {
        operation.get("operationId"): (path, operation)
        for path, _, operation in list_operations(document.data)
    }
    for index, wait in enumerate(x_sdk.get("waits", ())):
        pointer, resources = f"/x-sdk/waits/{index}", x_sdk.get("resources", {})
        yield from check_name(document, wait["resource"], resources, f"{pointer}/resource", "a resource")
        sources = ("id", *x_sdk.get("results", {}).get(wait["job"], {}).get("keep", ()))
        for name, source in wait["parameters"].items():
            place = f"{pointer}/parameters/{escape(name)}"
            yield from check_name(document, source, sources, place, "`id`, or a property that the job keeps")
            for operation_id in (wait["status"], wait["result"]):
                if operation_id in operations_by_id:
                    parameters = _list_parameters(document, *operations_by_id[operation_id])
                    role = f"a parameter of `{operation_id}`"
                    yield from check_name(document, name, parameters, place, role)


def _check_commands(document: Document) -> Faults:
    """Check that each command names a method and one of its arguments."""
    paths = {id(operation): path for path, _, operation in list_operations(document.data)}
    arguments_by_method = {
        f"{method['resource']}.{method['method']}": [
            *_find_variant_properties(document, method),
            *_list_parameters(document, paths[id(operation)], operation),
        ]
        for _, operation, method in _list_methods(document)
    }
    x_sdk = _root_x_sdk(document)
    for wait in x_sdk.get("waits", ()):
        arguments_by_method[f"{wait['resource']}.{wait['method']}"] = ["job"]
    for pointer, command in _locate_commands(x_sdk):
        method_name = command.get("method")
        if method_name in arguments_by_method:
            arguments, role = arguments_by_method[method_name], "an argument of the method"
            yield from check_name(document, command["argument"], arguments, f"{pointer}/argument", role)
        elif method_name:
            role = "a method of this contract"
            yield from check_name(document, method_name, arguments_by_method, f"{pointer}/method", role)


def _check_option_variables(document: Document) -> Faults:
    """Check that each variable stands for an argument of a method."""
    x_sdk = _root_x_sdk(document)
    paths = {id(operation): path for path, _, operation in list_operations(document.data)}
    arguments = {
        name
        for _, operation, method in _list_methods(document)
        for name in (
            *_find_variant_properties(document, method),
            *_list_parameters(document, paths[id(operation)], operation),
        )
    }
    for name in object_or_empty(x_sdk.get("environment")).get("options", {}):
        pointer = f"/x-sdk/environment/options/{escape(name)}"
        yield from check_name(document, name, arguments, pointer, "an argument of a method")


def _locate_commands(x_sdk: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every command with its pointer, those of groups included."""
    for name, command in x_sdk.get("commands", {}).items():
        pointer = f"/x-sdk/commands/{name}"
        yield pointer, command
        for name_in_group, command_in_group in command.get("commands", {}).items():
            yield f"{pointer}/commands/{name_in_group}", command_in_group


def _list_parameters(document: Document, path: str, operation: dict[str, Any]) -> list[str]:
    """Return the names of the parameters of an operation and of its path."""
    parameters = [*document.data["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    return [str(follow_reference(document.data, parameter).get("name")) for parameter in parameters]


def _root_x_sdk(document: Document) -> dict[str, Any]:
    return object_or_empty(document.data.get("x-sdk"))


def _component_schemas(document: Document) -> dict[str, Json]:
    return object_or_empty(object_or_empty(document.data.get("components")).get("schemas"))


def _list_methods(document: Document) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield every method of `x-sdk` with its pointer and its operation: pointer, operation, method."""
    for path, http_method, operation in list_operations(document.data):
        for index, method in enumerate(object_or_empty(operation.get("x-sdk")).get("methods", ())):
            yield f"/paths/{escape(path)}/{http_method}/x-sdk/methods/{index}", operation, method


def _find_variant_properties(document: Document, method: dict[str, Any]) -> PropertySchemas:
    """Return the properties of a method's variants; `_check_referenced_names` reports missing variants."""
    schemas = _component_schemas(document)
    return find_properties(document, {"anyOf": [schemas.get(name) for name in method.get("variants", ())]})
