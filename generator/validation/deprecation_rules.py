"""Rules for `x-sdk.deprecated`: it explains something that is deprecated, and its replacement exists.

Callers follow what a warning says, so a wrong name would send them nowhere.
"""

from collections.abc import Collection, Iterator
from typing import Any

from ..loading.document import Document
from ..loading.json_data import escape, list_or_empty, object_or_empty, walk_objects
from ..loading.operations import list_operations
from .faults import Faults, check_name

_METHOD_ROLE = "a method of this contract, such as `images.generate`"
_FIELD_ROLE = "a property or parameter of this contract"


def check_deprecations(document: Document) -> Faults:
    """Check each `x-sdk.deprecated` of an operation, a method, a parameter or a schema."""
    method_names = set(_list_method_names(document))
    field_names = set(_list_field_names(document))
    operation_pointers = {
        f"/paths/{escape(path)}/{method}" for path, method, _ in list_operations(document.data)
    }
    for pointer, value in walk_objects(document.data):
        x_sdk = object_or_empty(value.get("x-sdk"))
        if pointer == "" or not x_sdk:
            continue
        is_operation = pointer in operation_pointers
        if "deprecated" in x_sdk and value.get("deprecated") is not True:
            yield document.error(
                f"{pointer}/x-sdk/deprecated",
                "explains a deprecation, and nothing is deprecated here",
                "write `deprecated: true` beside `x-sdk`",
            )
        names, role = (method_names, _METHOD_ROLE) if is_operation else (field_names, _FIELD_ROLE)
        yield from _check_replacement(document, x_sdk, names, f"{pointer}/x-sdk", role)
        for index, method in enumerate(list_or_empty(x_sdk.get("methods"))):
            place = f"{pointer}/x-sdk/methods/{index}"
            yield from _check_replacement(document, method, method_names, place, _METHOD_ROLE)


def _check_replacement(
    document: Document, holder: dict[str, Any], known_names: Collection[str], pointer: str, role: str
) -> Faults:
    deprecation = object_or_empty(holder.get("deprecated"))
    if "replacement" in deprecation:
        place = f"{pointer}/deprecated/replacement"
        yield from check_name(document, deprecation["replacement"], known_names, place, role)


def _list_method_names(document: Document) -> Iterator[str]:
    """Yield every method and every wait, as `resource.method`."""
    for _, _, operation in list_operations(document.data):
        for method in object_or_empty(operation.get("x-sdk")).get("methods", ()):
            yield f"{method['resource']}.{method['method']}"
    for wait in object_or_empty(document.data.get("x-sdk")).get("waits", ()):
        yield f"{wait['resource']}.{wait['method']}"


def _list_field_names(document: Document) -> Iterator[str]:
    """Yield the name of every property and of every parameter."""
    for _, value in walk_objects(document.data):
        yield from object_or_empty(value.get("properties"))
        if isinstance(value.get("in"), str) and isinstance(value.get("name"), str):
            yield value["name"]
