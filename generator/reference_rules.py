"""Rules for `$ref`: it leads to something in the document, of the kind that is wanted, and in no circle."""

from collections.abc import Iterator

from .errors import GeneratorError
from .loading.document import Document
from .loading.json_data import as_list, as_object, resolve, walk_objects
from .loading.operations import METHODS
from .loading.schemas import walk_schemas

Faults = Iterator[GeneratorError]
_OF_THE_SAME_VALUE = ("allOf", "anyOf", "oneOf")
# The member that holds one, or several by name, and what OpenAPI calls them in `components`.
_KINDS = {
    "parameters": "parameters",
    "responses": "responses",
    "headers": "headers",
    "callbacks": "callbacks",
    "links": "links",
    "examples": "examples",
    "paths": "pathItems",
    "webhooks": "pathItems",
}


def lead_nowhere(document: Document) -> Faults:
    """References to other documents, or to what is not there."""
    for pointer, value in walk_objects(document.data):
        target = value.get("$ref")
        if not isinstance(target, str) or "/example" in pointer:
            continue
        at = f"{pointer}/$ref"
        if not target.startswith("#"):
            yield document.error(
                at, f"`{target}` lies outside the document", "nothing is fetched: copy it to `components`"
            )
            continue
        try:
            resolve(document.data, target[1:])
        except KeyError:
            yield document.error(
                at, f"`{target}` leads nowhere", "name something that stands in this document"
            )


def lead_back(document: Document) -> Faults:
    """References that lead through nothing but references to themselves."""
    sound: set[str] = set()
    for pointer, value in walk_objects(document.data):
        seen, target = {pointer: None}, value.get("$ref")
        while isinstance(target, str) and target.startswith("#") and target[1:] not in seen:
            if target[1:] in sound:
                break
            seen[target[1:]] = None
            target = as_object(resolve(document.data, target[1:])).get("$ref")
        if isinstance(target, str) and target[1:] in seen:
            yield document.error(
                f"{pointer}/$ref", f"`{target}` only leads back to itself", "let one of them be a schema"
            )
        else:
            sound.update(seen)


def contain_themselves(document: Document) -> Faults:
    """Schemas whose `allOf`, `anyOf` or `oneOf` asks the schema itself of the same value: core, 9.4.1."""
    sound: set[str] = set()
    for pointer, value in walk_objects(document.data):
        for keyword in _OF_THE_SAME_VALUE:
            if keyword in value and _leads_back(document, pointer, set(), sound):
                what = "leads back to itself, so nothing can satisfy it"
                yield document.error(f"{pointer}/{keyword}", what, "let one stand alone")


def _leads_back(document: Document, pointer: str, above: set[str], sound: set[str]) -> bool:
    """Whether the schema at `pointer` holds one of those `above` it; `sound` are those that do not."""
    schema = as_object(resolve(document.data, pointer))
    while isinstance(target := schema.get("$ref"), str):
        pointer, schema = target[1:], as_object(resolve(document.data, target[1:]))
    if pointer in above or pointer in sound:
        return pointer in above
    parts = [
        f"{pointer}/{keyword}/{index}"
        for keyword in _OF_THE_SAME_VALUE
        for index in range(len(as_list(schema.get(keyword))))
    ]
    above.add(pointer)
    found = any(_leads_back(document, part, above, sound) for part in parts)
    above.discard(pointer)
    if not found:
        sound.add(pointer)
    return found


def lead_to_other_kinds(document: Document) -> Faults:
    """References that want a schema, a parameter or the like, and lead to something else."""
    there = {pointer for pointer, _ in walk_schemas(document.data)}
    for pointer, value in walk_objects(document.data):
        target = value.get("$ref")
        if not isinstance(target, str) or "/example" in pointer:
            continue
        wanted = "schemas" if pointer in there else _kind(pointer)
        found = "schemas" if target[1:] in there else _kind(target[1:])
        is_schema = isinstance(resolve(document.data, target[1:]), dict | bool)
        if (wanted and (found or wanted) != wanted) or (wanted == "schemas" and not is_schema):
            what = f"`{target}` leads to none of `{wanted}`"
            yield document.error(f"{pointer}/$ref", what, f"name something like `#/components/{wanted}/…`")


def _kind(pointer: str) -> str:
    """What stands at a pointer, as `components` calls it; empty where it may be a schema."""
    match pointer.split("/")[1:]:
        case [] | [_] | ["components", _]:
            return "the parts of a document"
        case ["components", kind, _]:
            return kind
        case ["components", "schemas", *_]:
            return ""
        case ["paths", _, method] if method in METHODS:
            return "operations"
        case [*_, "requestBody"]:
            return "requestBodies"
        case [*_, holder, _]:
            return _KINDS.get(holder, "")
        case _:
            return ""
