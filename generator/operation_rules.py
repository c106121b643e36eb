"""Rules of OpenAPI that no schema can say: what must differ, and what must be declared where it is used.

Each fault is named at the place that a reader would mend.
"""

import re
from collections.abc import Iterator
from typing import Any

from .errors import GeneratorError
from .loading.document import Document
from .loading.json_data import Json, as_list, as_object, escape, follow_reference, is_object
from .loading.operations import METHODS

_BRACES = re.compile(r"\{([^{}]+)\}")
Faults = Iterator[GeneratorError]


def undeclared(document: Document) -> Faults:
    """Every fault of this kind: OpenAPI 3.1.0, 4.8.8 to 4.8.12, 4.8.22."""
    yield from _tags(document)
    seen: dict[str, str] = {}
    for path, given in as_object(document.data.get("paths")).items():
        target = as_object(given).get("$ref")
        at = target[1:] if isinstance(target, str) else f"/paths/{escape(path)}"
        item = follow_reference(document.data, given)
        yield from _twice(document, item.get("parameters"), f"{at}/parameters")
        for method in METHODS:
            operation = item.get(method)
            if is_object(operation):
                yield from _operation_id(document, operation, f"{at}/{method}", seen)
                yield from _twice(document, operation.get("parameters"), f"{at}/{method}/parameters")
                yield from _templates(document, path, item, f"{at}/{method}")


def _tags(document: Document) -> Faults:
    seen: set[Any] = set()
    for index, tag in enumerate(as_list(document.data.get("tags"))):
        name = as_object(tag).get("name")
        if name in seen:
            yield document.error(f"/tags/{index}", f"the tag `{name}` stands twice", "leave one out")
        seen.add(name)


def _operation_id(document: Document, operation: dict[str, Json], at: str, seen: dict[str, str]) -> Faults:
    name = operation.get("operationId")
    if not isinstance(name, str):
        return
    if name in seen:
        what = f"`{name}` is the operationId of #{seen[name]}, too"
        yield document.error(f"{at}/operationId", what, "give each operation one of its own")
    seen.setdefault(name, at)


def _twice(document: Document, parameters: Json, at: str) -> Faults:
    seen: set[tuple[str, str]] = set()
    for index, given in enumerate(as_list(parameters)):
        found = follow_reference(document.data, given)
        key = (str(found.get("name")), str(found.get("in")))
        if key in seen:
            what = f"the {key[1]} parameter `{key[0]}` stands twice"
            yield document.error(f"{at}/{index}", what, "leave one out, or rename it")
        seen.add(key)


def _templates(document: Document, path: str, item: dict[str, Json], at: str) -> Faults:
    """The parameters in a path's braces are those that its operation declares `in: path`."""
    named, declared = set(_BRACES.findall(path)), dict[str, str]()
    above, _, method = at.rpartition("/")
    for place, parameters in ((above, item.get("parameters")), (at, item[method].get("parameters"))):
        for index, one in enumerate(as_list(parameters)):
            found = follow_reference(document.data, one)
            if found.get("in") == "path":
                declared[str(found.get("name"))] = f"{place}/parameters/{index}"
    for name in sorted(named - declared.keys()):
        what = f"the path names `{{{name}}}`, and no parameter with `in: path` is called `{name}`"
        yield document.error(at, what, "declare it in `parameters`")
    for name in sorted(declared.keys() - named):
        what = f"`{name}` has `in: path`, and the path does not name `{{{name}}}`"
        yield document.error(declared[name], what, "put it in the path, or say where else it goes")
