"""Takes out of a document what cannot be built, and what needs it, so that the rest can be: `--keep-going`.

A document is seen as nodes that refer to each other: operations, path items, components, webhooks. A fault
lies in one node; that node goes, and every node that leads to it by `$ref`, so that no reference stays open.
"""

import copy
from collections.abc import Iterable, Iterator

from attrs import frozen

from .errors import GeneratorError
from .loading.document import Document
from .loading.json_data import Json, as_list, as_object, escape, is_object, resolve, walk_objects
from .loading.operations import METHODS

Node = str


@frozen
class Refusal:
    """What was taken out: the pointer of an operation or component, and the fault because of which."""

    pointer: str
    fault: GeneratorError

    @property
    def is_operation(self) -> bool:
        """Whether a caller misses something; a component that no operation uses is missed by nobody."""
        return self.pointer.startswith("/paths/")


def prune(document: Document, faults: Iterable[GeneratorError]) -> tuple[Document, list[Refusal]]:
    """`document` without all that the faults touch, and what of it a reader should know.

    Raises the first fault that lies in no node, since then it lies in the whole document.
    """
    needs = _needs(document.data)
    because: dict[Node, GeneratorError] = {}
    for fault in faults:
        node = node_of(fault.pointer or "")
        if node not in needs:
            raise fault
        because.setdefault(node, fault)
    faulty = list(because)
    _spread(because, needs)
    data = copy.deepcopy(document.data)
    for node in because:
        _take_out(data, node)
    used = {node for node in because if _is_operation(node)}
    told = [node for node in because if node in used or (node in faulty and not _used(node, used, needs))]
    return Document(document.path, data, document.lines), [Refusal(node, because[node]) for node in told]


def node_of(pointer: str) -> Node:
    """The node in which a pointer lies; empty if it lies in none."""
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


def _needs(data: dict[str, Json]) -> dict[Node, set[Node]]:
    """For each node the nodes that it cannot do without."""
    found: dict[Node, set[Node]] = {}
    for kind, members in as_object(data.get("components")).items():
        for name, value in as_object(members).items():
            found[f"/components/{escape(kind)}/{escape(name)}"] = _targets(value)
    for path, item in as_object(data.get("paths")).items():
        at = f"/paths/{escape(path)}"
        shared = {key: value for key, value in as_object(item).items() if key not in METHODS}
        found[at] = _targets(shared)
        for method in METHODS:
            if method in as_object(item):
                found[f"{at}/{method}"] = {at, *_targets(item[method]), *_schemes(data, item[method])}
    for key, members in data.items():
        if key == "webhooks" or (key.startswith("x-") and key != "x-sdk"):
            for name, value in as_object(members).items():
                found[f"/{escape(key)}/{escape(name)}"] = _targets(value)
    return found


def _targets(value: Json) -> set[Node]:
    found: set[Node] = set()
    for _, given in walk_objects(value):
        mapping = as_object(as_object(given.get("discriminator")).get("mapping"))
        for target in (given.get("$ref"), *mapping.values()):
            if isinstance(target, str) and target.startswith("#"):
                found.add(node_of(target[1:]))
    return found


def _schemes(data: dict[str, Json], operation: Json) -> Iterator[Node]:
    for requirement in as_list(as_object(operation).get("security", data.get("security"))):
        for name in as_object(requirement):
            yield f"/components/securitySchemes/{escape(name)}"


def _spread(because: dict[Node, GeneratorError], needs: dict[Node, set[Node]]) -> None:
    """Add to the faulty nodes all that lead to one, with the same fault."""
    users: dict[Node, list[Node]] = {}
    for node, needed in needs.items():
        for other in needed:
            users.setdefault(other, []).append(node)
    waiting = list(because)
    for node in waiting:
        for user in users.get(node, ()):
            if user not in because:
                because[user] = because[node]
                waiting.append(user)


def _used(node: Node, operations: set[Node], needs: dict[Node, set[Node]]) -> bool:
    """Whether one of the operations that go leads to `node`, so that it is told of there."""
    seen, waiting = set(operations), list(operations)
    for one in waiting:
        for other in needs.get(one, ()):
            if other == node:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _is_operation(node: Node) -> bool:
    return node.startswith("/paths/") and node.count("/") == 3


def _take_out(data: dict[str, Json], node: Node) -> None:
    parent, _, token = node.rpartition("/")
    try:
        holder = resolve(data, parent)
    except KeyError:  # its path item is gone already
        return
    if is_object(holder):
        holder.pop(token.replace("~1", "/").replace("~0", "~"), None)
