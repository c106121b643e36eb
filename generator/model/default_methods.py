"""The resources and methods of operations for which `x-sdk` names none.

A resource is the first tag of an operation; without tags it is the first segment of the path that is neither
a version nor a parameter. Its methods are named by `operation_names`. Of two operations that would have the
same name, the one with the shorter path keeps it, so that a name seldom changes when operations are added;
what `x-sdk` names comes first. An operation with methods in `x-sdk` has no others, and a document whose
`x-sdk` says `default_methods: false` has only the methods that it names.
"""

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from ..loading.document import Document
from ..loading.json_data import escape, is_object, list_or_empty, object_or_empty
from ..loading.notes import Note
from ..loading.operations import list_operations
from ..names import class_name, identifier, model_class_name, shortened
from .operation_names import PathShape, free_name, list_candidates, read_path, split_words
from .sdk import MethodSpec, Sdk, read_pagination

# Attributes of the client classes, which a resource would hide.
_CLIENT_ATTRIBUTES = ("core", "close", "prepare", "streaming", "with_options")
# Names that the annotations of a resource's methods need in the scope of its class. `list` may be a method:
# annotations then name the builtin by its module.
_RESERVED_METHODS = (
    *("bool", "builtins", "bytes", "datetime", "float", "int", "object", "overload", "str"),
    "warn_of_deprecation",
)
# The resource of paths that have no name to take, such as `/`.
_UNNAMED_RESOURCE = "default"


@frozen
class _DefaultOperation:
    """An operation that needs a method: its place, its data, and the resource that the method belongs to."""

    path: str
    http_method: str
    data: dict[str, Any]
    shape: PathShape
    resource: str
    resource_words: tuple[str, ...]
    description: str

    @property
    def pointer(self) -> str:
        return f"/paths/{escape(self.path)}/{self.http_method}"


def add_default_methods(sdk: Sdk, lowered: Document) -> tuple[Sdk, list[Note]]:
    """Return the SDK with methods for all operations of a lowered document, and a note for each of them."""
    operations = _list_operations_without_methods(sdk, lowered.data) if sdk.has_default_methods else []
    names = _name_methods(sdk, operations)
    specs = {operation.pointer: _make_spec(operation, names[operation.pointer]) for operation in operations}
    resources = {**sdk.resources}
    for spec in sdk.methods:  # `x-sdk` may name the resource of a tag
        resources.setdefault(spec.resource, _describe_resource("", split_words(spec.resource)))
    for operation in operations:
        resources.setdefault(operation.resource, operation.description)
    reason = "its method is named after tag and operationId or path, as `x-sdk` names none"
    notes = [
        Note(pointer, "add_default_methods", f"{reason}: `{spec.resource}.{spec.method}`")
        for pointer, spec in specs.items()
    ]
    return evolve(sdk, resources=resources, methods=(*sdk.methods, *specs.values())), notes


def _list_operations_without_methods(sdk: Sdk, data: dict[str, Any]) -> list[_DefaultOperation]:
    descriptions = {
        str(tag.get("name")): str(tag.get("description") or "")
        for tag in list_or_empty(data.get("tags"))
        if is_object(tag)
    }
    resource_names: dict[tuple[str, ...], str] = {}
    taken_names = _taken_resource_names(sdk, data)
    operations: list[_DefaultOperation] = []
    for path, http_method, operation in list_operations(data):
        if "methods" in object_or_empty(operation.get("x-sdk")):
            continue
        shape = read_path(path)
        tag = next((tag for tag in list_or_empty(operation.get("tags")) if isinstance(tag, str) and tag), "")
        words = _words_of_tag(tag) or next(iter(shape.segments), ()) or (_UNNAMED_RESOURCE,)
        if words not in resource_names:
            resource_names[words] = _name_resource(words, sdk, taken_names)
        description = _first_sentence(descriptions.get(tag, "")) or _describe_resource(tag, words)
        operations.append(
            _DefaultOperation(path, http_method, operation, shape, resource_names[words], words, description)
        )
    return operations


def _words_of_tag(tag: str) -> tuple[str, ...]:
    """Return the words of a tag, without the date of a version, as in `Api20100401Call`."""
    words = split_words(tag)
    return tuple(word for word in words if not re.fullmatch(r"(api)?\d{8}", word)) or words


def _taken_resource_names(sdk: Sdk, data: dict[str, Any]) -> set[str]:
    """Return the names that no resource can have, and the names that no class of one can have."""
    schemas = object_or_empty(object_or_empty(data.get("components")).get("schemas"))
    return {
        *_CLIENT_ATTRIBUTES,
        *(f"{class_name(resource)}Resource" for resource in sdk.resources),
        *map(model_class_name, schemas),
    }


def _name_resource(words: tuple[str, ...], sdk: Sdk, taken_names: set[str]) -> str:
    """Return the name of a resource, and take it and the name of its class."""
    plain_name = identifier(shortened("_".join(words)))
    if plain_name in sdk.resources:
        return plain_name
    name, number = plain_name, 2
    if name in taken_names:
        name = f"{plain_name}_"
    while not taken_names.isdisjoint(_names_of_resource(name)):
        name, number = f"{plain_name}_{number}", number + 1
    taken_names.update(_names_of_resource(name))
    return name


def _names_of_resource(name: str) -> set[str]:
    return {name, f"{class_name(name)}Resource", f"Async{class_name(name)}Resource"}


def _describe_resource(tag: str, words: tuple[str, ...]) -> str:
    return f"The operations of the tag {tag}." if tag else f"The operations of {' '.join(words)}."


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, on one line; empty for a heading or a list of Markdown."""
    line = " ".join(text.strip().partition("\n\n")[0].split())
    sentence, end, _ = line.partition(". ")
    return f"{sentence}." if end else line


def _name_methods(sdk: Sdk, operations: list[_DefaultOperation]) -> Mapping[str, str]:
    """Return the name of the method of each operation in its resource, by pointer."""
    taken_names: dict[str, set[str]] = {}
    for resource, method in sdk.method_names:
        taken_names.setdefault(resource, set(_RESERVED_METHODS)).add(method)
    methods_of_paths: dict[str, set[str]] = {}
    for operation in operations:
        methods_of_paths.setdefault(operation.path, set()).add(operation.http_method)
    names: dict[str, str] = {}
    for operation in sorted(operations, key=lambda operation: operation.shape.length):
        taken = taken_names.setdefault(operation.resource, set(_RESERVED_METHODS))
        candidates = list_candidates(
            operation.data["operationId"],
            operation.http_method,
            operation.shape,
            operation.resource_words,
            is_replaced=len(methods_of_paths[operation.path] & {"post", "put", "patch"}) > 1,
        )
        pagination = read_pagination(operation.data)
        name = free_name(candidates, taken)
        if pagination is not None and pagination.name_method(name) in taken:
            name = free_name(iter([operation.data["operationId"]]), taken)
        names[operation.pointer] = name
        taken.add(name)
        if pagination is not None:
            taken.add(pagination.name_method(name))
    return names


def _make_spec(operation: _DefaultOperation, name: str) -> MethodSpec:
    summary = str(operation.data.get("summary") or "").strip()
    description = str(operation.data.get("description") or "").strip()
    words = " ".join(split_words(operation.data["operationId"]))
    return MethodSpec(
        operation_id=operation.data["operationId"],
        resource=operation.resource,
        method=name,
        summary=summary or _first_sentence(description) or f"{words[:1].upper()}{words[1:]}.",
        results=(),
        is_default=True,
        pagination=read_pagination(operation.data),
    )
