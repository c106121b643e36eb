"""Parameters that are declared twice, that cannot be sent, or that only the path names.

Source: OpenAPI 3.1.0, 4.8.12.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ..loading.json_data import (
    ChangedPointers,
    Json,
    escape,
    is_list,
    is_object,
    list_or_empty,
    object_or_empty,
    resolve,
)
from ..loading.operations import METHODS

_PATH_PARAMETER = re.compile(r"\{([^{}]+)\}")
# Header parameters of these names are to be ignored (OpenAPI 3.1.0, 4.8.12.1): media types and security
# schemes say what is sent.
_RESERVED_HEADERS = ("accept", "content-type", "authorization")


def remove_repeated_parameters(data: dict[str, Any]) -> ChangedPointers:
    """A parameter that is declared twice with the same words counts once."""
    yield from _remove_parameters(data, lambda _, parameter, earlier: parameter in earlier)


def remove_reserved_headers(data: dict[str, Any]) -> ChangedPointers:
    """A header parameter named Accept, Content-Type or Authorization is ignored, as OpenAPI says."""
    yield from _remove_parameters(
        data,
        lambda _, parameter, __: (
            parameter.get("in") == "header" and str(parameter.get("name")).lower() in _RESERVED_HEADERS
        ),
    )


def remove_surplus_parameters(data: dict[str, Any]) -> ChangedPointers:
    """A path parameter that the path does not name cannot be sent."""
    yield from _remove_parameters(
        data,
        lambda path, parameter, _: (
            parameter.get("in") == "path" and parameter.get("name") not in _PATH_PARAMETER.findall(path)
        ),
    )


def add_undeclared_parameters(data: dict[str, Any]) -> ChangedPointers:
    """A path parameter that is named in the path alone is a required string."""
    for path, path_item in object_or_empty(data.get("paths")).items():
        item = object_or_empty(path_item)
        for method in METHODS:
            operation = item.get(method)
            if not is_object(operation):
                continue
            declared = {
                _resolve(data, parameter).get("name")
                for holder in (item, operation)
                for parameter in list_or_empty(holder.get("parameters"))
                if _resolve(data, parameter).get("in") == "path"
            }
            for name in dict.fromkeys(_PATH_PARAMETER.findall(path)):
                if name not in declared:
                    added = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                    operation["parameters"] = [*list_or_empty(operation.get("parameters")), added]
                    yield f"/paths/{escape(path)}/{method}"


def _remove_parameters(
    data: dict[str, Any], is_removed: Callable[[str, dict[str, Any], list[dict[str, Any]]], bool]
) -> ChangedPointers:
    """Remove the parameters for which `is_removed` holds: of a path, a parameter, those kept before it."""
    for path, path_item in object_or_empty(data.get("paths")).items():
        for pointer, holder in _holders_of(f"/paths/{escape(path)}", path_item):
            kept: list[Json] = []
            for index, parameter in enumerate(holder["parameters"]):
                earlier = [_resolve(data, kept_parameter) for kept_parameter in kept]
                if is_removed(path, _resolve(data, parameter), earlier):
                    yield f"{pointer}/parameters/{index}"
                else:
                    kept.append(parameter)
            holder["parameters"] = kept


def _holders_of(pointer: str, path_item: Json) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a path item and its operations, as far as they have parameters, each with its pointer."""
    item = object_or_empty(path_item)
    holders = [(pointer, item), *((f"{pointer}/{method}", item.get(method)) for method in METHODS)]
    for place, holder in holders:
        if is_object(holder) and is_list(holder.get("parameters")):
            yield place, holder


def _resolve(data: dict[str, Any], parameter: Json) -> dict[str, Any]:
    """Return a parameter, or the one that its `$ref` names; empty if it leads to nothing."""
    node = object_or_empty(parameter)
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return node
    try:
        return object_or_empty(resolve(data, reference[1:]))
    except KeyError:
        return {}
