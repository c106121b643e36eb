"""Rules for operations that no schema of OpenAPI states: what must be unique, and what must be declared.

Source: OpenAPI 3.1.0, 4.8.8 to 4.8.12 and 4.8.22. Each fault is at the place that a reader would change.
"""

import re
from typing import Any

from ..loading.document import Document
from ..loading.json_data import Json, escape, follow_reference, is_object, list_or_empty, object_or_empty
from ..loading.operations import METHODS
from .faults import Faults

_PATH_PARAMETER = re.compile(r"\{([^{}]+)\}")


def check_operations(document: Document) -> Faults:
    """Check that tags, operationIds and parameters are unique, and the parameters of a path declared."""
    yield from _check_unique_tags(document)
    pointers_by_id: dict[str, str] = {}
    for path, written_item in object_or_empty(document.data.get("paths")).items():
        reference = object_or_empty(written_item).get("$ref")
        pointer = reference[1:] if isinstance(reference, str) else f"/paths/{escape(path)}"
        path_item = follow_reference(document.data, written_item)
        yield from _check_unique_parameters(document, path_item.get("parameters"), f"{pointer}/parameters")
        for method in METHODS:
            operation = path_item.get(method)
            if is_object(operation):
                place = f"{pointer}/{method}"
                yield from _check_unique_id(document, operation, place, pointers_by_id)
                parameters = operation.get("parameters")
                yield from _check_unique_parameters(document, parameters, f"{place}/parameters")
                yield from _check_path_parameters(document, path, path_item, place)


def _check_unique_tags(document: Document) -> Faults:
    names: set[Any] = set()
    for index, tag in enumerate(list_or_empty(document.data.get("tags"))):
        name = object_or_empty(tag).get("name")
        if name in names:
            yield document.error(f"/tags/{index}", f"the tag `{name}` is defined twice", "remove one of them")
        names.add(name)


def _check_unique_id(
    document: Document, operation: dict[str, Json], pointer: str, pointers_by_id: dict[str, str]
) -> Faults:
    """Check that an operationId is not yet in `pointers_by_id`, and add it there."""
    operation_id = operation.get("operationId")
    if not isinstance(operation_id, str):
        return
    if operation_id in pointers_by_id:
        problem = f"the operationId `{operation_id}` is already used by #{pointers_by_id[operation_id]}"
        yield document.error(f"{pointer}/operationId", problem, "give each operation an id of its own")
    pointers_by_id.setdefault(operation_id, pointer)


def _check_unique_parameters(document: Document, parameters: Json, pointer: str) -> Faults:
    """Check that a list of parameters has each name once for each `in`."""
    keys: set[tuple[str, str]] = set()
    for index, written_parameter in enumerate(list_or_empty(parameters)):
        parameter = follow_reference(document.data, written_parameter)
        name, location = str(parameter.get("name")), str(parameter.get("in"))
        if (name, location) in keys:
            problem = f"the {location} parameter `{name}` is defined twice"
            yield document.error(f"{pointer}/{index}", problem, "remove or rename one of them")
        keys.add((name, location))


def _check_path_parameters(document: Document, path: str, path_item: dict[str, Json], pointer: str) -> Faults:
    """Check that the braces of a path name the parameters with `in: path` of the operation at `pointer`."""
    names_in_path, declared_pointers = set(_PATH_PARAMETER.findall(path)), dict[str, str]()
    item_pointer, _, method = pointer.rpartition("/")
    for holder_pointer, parameters in (
        (item_pointer, path_item.get("parameters")),
        (pointer, path_item[method].get("parameters")),
    ):
        for index, written_parameter in enumerate(list_or_empty(parameters)):
            parameter = follow_reference(document.data, written_parameter)
            if parameter.get("in") == "path":
                declared_pointers[str(parameter.get("name"))] = f"{holder_pointer}/parameters/{index}"
    for name in sorted(names_in_path - declared_pointers.keys()):
        problem = f"the path has `{{{name}}}`, but no parameter with `in: path` is named `{name}`"
        yield document.error(pointer, problem, "declare it in `parameters`")
    for name in sorted(declared_pointers.keys() - names_in_path):
        problem = f"the parameter `{name}` has `in: path`, but the path has no `{{{name}}}`"
        yield document.error(declared_pointers[name], problem, "put it in the path, or change its `in`")
