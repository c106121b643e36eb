"""Rules for `$ref`: it leads to a part of the document, of the right kind, and not in a cycle."""

from ..loading.document import Document
from ..loading.json_data import list_or_empty, object_or_empty, resolve
from ..loading.openapi_objects import walk_openapi_objects
from ..loading.operations import METHODS
from ..loading.schemas import walk_schemas
from .faults import Faults

# Keywords that apply other schemas to the same value (JSON Schema 2020-12, core 10.2.1).
_SAME_VALUE_KEYWORDS = ("allOf", "anyOf", "oneOf")
# By field that holds a list or a map of objects: what `components` calls objects of that kind.
_KINDS_BY_FIELD = {
    "parameters": "parameters",
    "responses": "responses",
    "headers": "headers",
    "callbacks": "callbacks",
    "links": "links",
    "examples": "examples",
    "paths": "pathItems",
    "webhooks": "pathItems",
}


def check_reference_targets(document: Document) -> Faults:
    """Check that every `$ref` leads to something in this document."""
    # Examples and extensions are data: a `$ref` in them is no reference.
    for node in walk_openapi_objects(document.data):
        if node.reference is None:
            continue
        target, place = node.reference, f"{node.pointer}/$ref"
        if not target.startswith("#"):
            problem = f"`{target}` is outside of the document"
            yield document.error(place, problem, "nothing is fetched: copy its target to `components`")
            continue
        try:
            resolve(document.data, target[1:])
        except KeyError:
            problem = f"`{target}` leads to nothing in this document"
            yield document.error(place, problem, "add its target, or refer to something that is there")


def check_reference_cycles(document: Document) -> Faults:
    """Check that no chain of references leads back to its start without a schema in between."""
    checked_pointers: set[str] = set()
    for node in walk_openapi_objects(document.data):
        pointer, target = node.pointer, node.reference
        chain = {pointer: None}
        while isinstance(target, str) and target.startswith("#") and target[1:] not in chain:
            if target[1:] in checked_pointers:
                break
            chain[target[1:]] = None
            target = object_or_empty(resolve(document.data, target[1:])).get("$ref")
        if isinstance(target, str) and target[1:] in chain:
            problem = f"`{target}` only leads back to itself"
            yield document.error(
                f"{pointer}/$ref", problem, "make one of the schemas in the cycle a real one"
            )
        else:
            checked_pointers.update(chain)


def check_schema_cycles(document: Document) -> Faults:
    """Check that no schema applies itself to the same value by `allOf`, `anyOf`, `oneOf` (core 9.4.1)."""
    checked_pointers: set[str] = set()
    for pointer, schema in walk_schemas(document.data):
        for keyword in _SAME_VALUE_KEYWORDS:
            if keyword in schema and _contains_ancestor(document, pointer, set(), checked_pointers):
                problem = f"`{keyword}` leads back to itself, so no value can satisfy it"
                yield document.error(f"{pointer}/{keyword}", problem, "remove one reference of the cycle")


def _contains_ancestor(
    document: Document, pointer: str, ancestors: set[str], checked_pointers: set[str]
) -> bool:
    """Whether the schema at `pointer` applies one of its `ancestors`.

    If not, it is added to the checked ones.
    """
    schema = object_or_empty(resolve(document.data, pointer))
    while isinstance(reference := schema.get("$ref"), str):
        pointer, schema = reference[1:], object_or_empty(resolve(document.data, reference[1:]))
    if pointer in ancestors or pointer in checked_pointers:
        return pointer in ancestors
    branches = [
        f"{pointer}/{keyword}/{index}"
        for keyword in _SAME_VALUE_KEYWORDS
        for index in range(len(list_or_empty(schema.get(keyword))))
    ]
    ancestors.add(pointer)
    is_cycle = any(_contains_ancestor(document, branch, ancestors, checked_pointers) for branch in branches)
    ancestors.discard(pointer)
    if not is_cycle:
        checked_pointers.add(pointer)
    return is_cycle


def check_reference_kinds(document: Document) -> Faults:
    """Check that each `$ref` leads to the kind of object that its place needs, such as a schema."""
    schema_pointers = {pointer for pointer, _ in walk_schemas(document.data)}
    for node in walk_openapi_objects(document.data):
        pointer, target = node.pointer, node.reference
        if target is None:
            continue
        expected_kind = "schemas" if pointer in schema_pointers else _kind_at(pointer)
        target_kind = "schemas" if target[1:] in schema_pointers else _kind_at(target[1:])
        is_schema = isinstance(resolve(document.data, target[1:]), dict | bool)
        is_other_kind = bool(expected_kind) and bool(target_kind) and target_kind != expected_kind
        if is_other_kind or (expected_kind == "schemas" and not is_schema):
            problem = f"`{target}` is not one of the `{expected_kind}`"
            hint = f"refer to `#/components/{expected_kind}/…`"
            yield document.error(f"{pointer}/$ref", problem, hint)


def _kind_at(pointer: str) -> str:
    """Return the kind of object at a pointer, as `components` calls it; empty where it may be a schema."""
    match pointer.split("/")[1:]:
        case [] | [_] | ["components", _]:
            return "the parts of a document"
        case ["components", component_kind, _]:
            return component_kind
        case ["components", "schemas", *_]:
            return ""
        case ["paths", _, method] if method in METHODS:
            return "operations"
        case [*_, "requestBody"]:
            return "requestBodies"
        case [*_, field, _]:
            return _KINDS_BY_FIELD.get(field, "")
        case _:
            return ""
