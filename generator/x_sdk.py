"""Judges what `x-sdk` and `x-evidence-required` name: a slip there would change the client without a word."""

import keyword
from collections.abc import Collection, Iterator
from typing import Any

from .errors import GeneratorError
from .json_schema import validator
from .loading.document import Document
from .loading.json_data import Json, as_list, as_object, escape, follow_reference, resolve, walk_objects
from .loading.operations import list_operations
from .names import is_taken_package

Faults = Iterator[GeneratorError]


def misnamed(document: Document) -> Faults:
    """A fault for each name that says nothing, or that Python has taken."""
    for rule in (_package, _keywords, _methods, _results, _waits, _commands, _evidence):
        yield from rule(document)


def _package(document: Document) -> Faults:
    package = _root(document).get("package", "")
    if is_taken_package(package):
        yield document.error(
            "/x-sdk/package",
            f"`{package}` is a name of Python, its standard library, or a dependency",
            "choose one that nothing else is imported by",
        )


def _keywords(document: Document) -> Faults:
    root = _root(document)
    names = {f"/x-sdk/resources/{name}": name for name in root.get("resources", {})}
    names["/x-sdk/client"] = root.get("client", "")
    for name, result in root.get("results", {}).items():
        names[f"/x-sdk/results/{name}"] = name
        names |= {f"/x-sdk/results/{name}/fields/{each}": each for each in result.get("fields", {})}
        names[f"/x-sdk/results/{name}/id/name"] = result.get("id", {}).get("name", "")
    for index, wait in enumerate(root.get("waits", ())):
        names[f"/x-sdk/waits/{index}/method"] = wait["method"]
    names |= {f"{at}/method": method["method"] for at, _, method in _each_method(document)}
    for pointer, name in names.items():
        if keyword.iskeyword(name):
            yield document.error(pointer, f"`{name}` is a keyword of Python", "choose another name")


def _methods(document: Document) -> Faults:
    for at, operation, method in _each_method(document):
        known = _members_of_method(document, method)
        for index, names in enumerate(method.get("exclusive", ())):
            for place, name in enumerate(names):
                yield from _one_of(document, known, name, f"{at}/exclusive/{index}/{place}", _MEMBER)
        for index, overload in enumerate(method.get("overloads", ())):
            yield from _overload(document, known, overload, f"{at}/overloads/{index}")
        media_types = as_object(follow_reference(document.data, operation.get("requestBody")).get("content"))
        if "encoding" in method:
            what = "a media type of the request body"
            yield from _one_of(document, media_types, method["encoding"], f"{at}/encoding", what)


_MEMBER = "a member of the method's variants"


def _overload(document: Document, known: dict[str, list[Json]], overload: dict[str, Any], at: str) -> Faults:
    name, value = overload["field"], overload["equals"]
    yield from _one_of(document, known, name, f"{at}/field", _MEMBER)
    if name in known and not any(_may_be(document, schema, value) for schema in known[name]):
        what = f"`{name}` can never be {value!r}"
        yield document.error(f"{at}/equals", what, "write a value that the member's schema admits")


def _may_be(document: Document, schema: Json, value: bool | str) -> bool:
    """Whether a schema of the document admits a value; its references are read from the document's root."""
    return bool(validator({**document.data, "allOf": [schema]}).is_valid(value))


def _results(document: Document) -> Faults:
    methods = [method for _, _, method in _each_method(document)]
    for name, result in _root(document).get("results", {}).items():
        known: dict[str, list[Json]] = {}
        givers = [method for method in methods if name in _given_by(method)]
        if not all(each in _components(document) for method in givers for each in method.get("variants", ())):
            continue  # another rule's fault
        for method in givers:
            known |= _members_of_method(document, method)
        for index, member in enumerate(result.get("keep", ()) if givers else ()):
            what = f"a member of a request that `{name}` answers"
            yield from _one_of(document, known, member, f"/x-sdk/results/{name}/keep/{index}", what)


def _given_by(method: dict[str, Any]) -> list[str]:
    return [*method["results"], *(overload["result"] for overload in method.get("overloads", ()))]


def _waits(document: Document) -> Faults:
    root = _root(document)
    by_id = {one.get("operationId"): (path, one) for path, _, one in list_operations(document.data)}
    for index, wait in enumerate(root.get("waits", ())):
        at = f"/x-sdk/waits/{index}"
        yield from _one_of(
            document, root.get("resources", {}), wait["resource"], f"{at}/resource", "a resource"
        )
        kept = root.get("results", {}).get(wait["job"], {}).get("keep", ())
        for name, source in wait["parameters"].items():
            place = f"{at}/parameters/{escape(name)}"
            yield from _one_of(document, ("id", *kept), source, place, "`id`, or a member that the job keeps")
            for operation_id in (wait["status"], wait["result"]):
                if operation_id in by_id:
                    known, what = (
                        _parameters(document, *by_id[operation_id]),
                        f"a parameter of `{operation_id}`",
                    )
                    yield from _one_of(document, known, name, place, what)


def _commands(document: Document) -> Faults:
    paths = {id(operation): path for path, _, operation in list_operations(document.data)}
    arguments = {
        f"{method['resource']}.{method['method']}": [
            *_members_of_method(document, method),
            *_parameters(document, paths[id(operation)], operation),
        ]
        for _, operation, method in _each_method(document)
    }
    for name, command in _root(document).get("commands", {}).items():
        at, method = f"/x-sdk/commands/{name}", command.get("method")
        if method in arguments:
            known, what = arguments[method], "an argument of the method"
            yield from _one_of(document, known, command["argument"], f"{at}/argument", what)
        elif method:
            yield from _one_of(document, arguments, method, f"{at}/method", "a method of this contract")


def _parameters(document: Document, path: str, operation: dict[str, Any]) -> list[str]:
    given = [*document.data["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    return [str(follow_reference(document.data, one).get("name")) for one in given]


def _evidence(document: Document) -> Faults:
    for pointer, schema in walk_objects(document.data):
        labels = as_object(schema.get("x-evidence-required"))
        known = _members(document, schema) if labels else {}
        for name in labels:
            at = f"{pointer}/x-evidence-required/{escape(name)}"
            yield from _one_of(document, known, name, at, "a member of this schema")


def _one_of(document: Document, known: Collection[str], name: str, pointer: str, what: str) -> Faults:
    if name not in known:
        hint = f"known are: {', '.join(sorted(known)) or 'none'}"
        yield document.error(pointer, f"`{name}` is not {what}", hint)


def _root(document: Document) -> dict[str, Any]:
    return as_object(document.data.get("x-sdk"))


def _components(document: Document) -> dict[str, Json]:
    return as_object(as_object(document.data.get("components")).get("schemas"))


def _each_method(document: Document) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every method of `x-sdk` with its pointer and its operation."""
    for path, verb, operation in list_operations(document.data):
        for index, method in enumerate(as_object(operation.get("x-sdk")).get("methods", ())):
            yield f"/paths/{escape(path)}/{verb}/x-sdk/methods/{index}", operation, method


def _members_of_method(document: Document, method: dict[str, Any]) -> dict[str, list[Json]]:
    """The members of a method's variants; a variant that is not there is another rule's fault."""
    components = _components(document)
    known: dict[str, list[Json]] = {}
    for name in method.get("variants", ()):
        _collect(document, components.get(name), known, set())
    return known


def _members(document: Document, schema: Json) -> dict[str, list[Json]]:
    """Every member that a schema knows, with what its parts say of it."""
    known: dict[str, list[Json]] = {}
    _collect(document, schema, known, set())
    return known


def _collect(document: Document, schema: Json, known: dict[str, list[Json]], seen: set[str]) -> None:
    given = as_object(schema)
    for name, member in as_object(given.get("properties")).items():
        if member is not False:
            known.setdefault(name, []).append(member)
    target = given.get("$ref")
    if isinstance(target, str) and target not in seen:
        _collect(document, resolve(document.data, target[1:]), known, {*seen, target})
    for key in ("allOf", "oneOf", "anyOf"):
        for part in as_list(given.get(key)):
            _collect(document, part, known, seen)
