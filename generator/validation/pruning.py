"""Removes the parts of a document that cannot be built, and the parts that need them (`--keep-going`).

A document is seen as parts that refer to each other: operations, path items, components, webhooks. A part is
named by its JSON pointer. A fault lies in one part; that part is removed, and every part that leads to it by
`$ref`, so that no reference stays open.
"""

from collections.abc import Collection, Iterable, Iterator

from attrs import frozen

from ..errors import GeneratorError
from ..loading.document import Document
from ..loading.json_data import (
    Json,
    copy_json,
    escape,
    is_object,
    list_or_empty,
    object_or_empty,
    resolve,
    unescape,
    walk_objects,
)
from ..loading.operations import METHODS


@frozen
class RemovedPart:
    """A part that was removed: its pointer, and the fault that is the reason."""

    pointer: str
    fault: GeneratorError

    @property
    def is_operation(self) -> bool:
        """Whether the part is an operation or a path, which callers would use; a component alone is not."""
        return self.pointer.startswith("/paths/")


def remove_faulty_parts(
    document: Document, faults: Iterable[GeneratorError]
) -> tuple[Document, list[RemovedPart]]:
    """Return a copy of `document` without all parts that the faults touch, and what was removed.

    The list has the operations, and the faulty components that no removed operation needs. Raises the
    first fault that lies in no part: it concerns the whole document.
    """
    needs = _find_needs(document.data)
    fault_by_part: dict[str, GeneratorError] = {}
    for fault in faults:
        part = part_of(fault.pointer or "")
        if part not in needs:
            raise fault
        fault_by_part.setdefault(part, fault)
    faulty_parts = list(fault_by_part)
    _spread_to_users(fault_by_part, needs)
    data = copy_json(document.data)
    for part in fault_by_part:
        _remove(data, part)
    operations = {part for part in fault_by_part if _is_operation(part)}
    needed_parts = _find_needed_parts(operations, needs)
    reported_parts = [
        part
        for part in fault_by_part
        if part in operations or (part in faulty_parts and part not in needed_parts)
    ]
    removed_parts = [RemovedPart(part, fault_by_part[part]) for part in reported_parts]
    return Document(document.path, data, document.lines), removed_parts


def part_of(pointer: str) -> str:
    """Return the pointer of the part that contains `pointer`; empty if there is none."""
    tokens = pointer.split("/")[1:]
    match tokens:
        case ["components", _, _, *_]:
            return "/" + "/".join(tokens[:3])
        case ["paths", _, method, *_] if method in METHODS:
            return "/" + "/".join(tokens[:3])
        case ["paths" | "webhooks", _, *_]:
            return "/" + "/".join(tokens[:2])
        case [extension, _, *_] if extension.startswith("x-") and extension != "x-sdk":
            return "/" + "/".join(tokens[:2])
        case _:
            return ""


def _find_needs(data: dict[str, Json]) -> dict[str, set[str]]:
    """Return for each part the parts that it needs."""
    needs: dict[str, set[str]] = {}
    for component_kind, components in object_or_empty(data.get("components")).items():
        for name, component in object_or_empty(components).items():
            needs[f"/components/{escape(component_kind)}/{escape(name)}"] = _find_targets(component)
    for path, path_item in object_or_empty(data.get("paths")).items():
        pointer = f"/paths/{escape(path)}"
        shared_fields = {
            key: value for key, value in object_or_empty(path_item).items() if key not in METHODS
        }
        needs[pointer] = _find_targets(shared_fields)
        for method in METHODS:
            if method in object_or_empty(path_item):
                operation = path_item[method]
                targets = {
                    pointer,
                    *_find_targets(operation),
                    *_find_security_scheme_pointers(data, operation),
                }
                needs[f"{pointer}/{method}"] = targets
    for key, values in data.items():
        if key == "webhooks" or (key.startswith("x-") and key != "x-sdk"):
            for name, value in object_or_empty(values).items():
                needs[f"/{escape(key)}/{escape(name)}"] = _find_targets(value)
    return needs


def _find_targets(value: Json) -> set[str]:
    """Return the parts that the references and discriminators in a value lead to."""
    targets: set[str] = set()
    for _, holder in walk_objects(value):
        mapping = object_or_empty(object_or_empty(holder.get("discriminator")).get("mapping"))
        for reference in (holder.get("$ref"), *mapping.values()):
            if isinstance(reference, str) and reference.startswith("#"):
                targets.add(part_of(reference[1:]))
    return targets


def _find_security_scheme_pointers(data: dict[str, Json], operation: Json) -> Iterator[str]:
    for requirement in list_or_empty(object_or_empty(operation).get("security", data.get("security"))):
        for name in object_or_empty(requirement):
            yield f"/components/securitySchemes/{escape(name)}"


def _spread_to_users(fault_by_part: dict[str, GeneratorError], needs: dict[str, set[str]]) -> None:
    """Add to `fault_by_part` all parts that need a faulty part, with the same fault."""
    users_by_part: dict[str, list[str]] = {}
    for part, needed_parts in needs.items():
        for needed_part in needed_parts:
            users_by_part.setdefault(needed_part, []).append(part)
    queue = list(fault_by_part)
    for part in queue:
        for user in users_by_part.get(part, ()):
            if user not in fault_by_part:
                fault_by_part[user] = fault_by_part[part]
                queue.append(user)


def _find_needed_parts(parts: Collection[str], needs: dict[str, set[str]]) -> set[str]:
    """Return all that `parts` need, directly or through other parts."""
    needed_parts: set[str] = set()
    queue = list(parts)
    for part in queue:
        newly_needed_parts = needs.get(part, set()) - needed_parts
        needed_parts |= newly_needed_parts
        queue += newly_needed_parts
    return needed_parts


def _is_operation(part: str) -> bool:
    return part.startswith("/paths/") and part.count("/") == 3


def _remove(data: dict[str, Json], part: str) -> None:
    parent, _, token = part.rpartition("/")
    try:
        holder = resolve(data, parent)
    except KeyError:  # an operation whose path item was removed before
        return
    if is_object(holder):
        holder.pop(unescape(token), None)
