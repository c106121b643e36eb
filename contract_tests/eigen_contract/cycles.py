"""Finds references that lead back to themselves: schemas are walked to their ends, and such have none."""

from collections.abc import Iterator, Mapping
from typing import Any

from eigen_contract.shapes import items, members


def find_cycle(document: Mapping[str, Any]) -> str | None:
    """Return a pointer of a component that refers to itself, by whatever way; None if there is none."""
    edges = {
        f"#/components/{kind}/{name}": set(references(node))
        for kind, nodes in members(document.get("components")).items()
        for name, node in members(nodes).items()
    }
    while edges:
        ends = {pointer for pointer, named in edges.items() if not named & edges.keys()}
        if not ends:
            return next(pointer for pointer in edges if leads_back(pointer, edges))
        edges = {pointer: named for pointer, named in edges.items() if pointer not in ends}
    return None


def leads_back(start: str, edges: Mapping[str, set[str]]) -> bool:
    """Say whether a way along the edges returns to its start."""
    seen: set[str] = set()
    ahead = list(edges[start])
    while ahead:
        pointer = ahead.pop()
        if pointer == start:
            return True
        if pointer not in seen:
            seen.add(pointer)
            ahead += edges.get(pointer, set())
    return False


def references(node: Any) -> Iterator[str]:
    """Yield every reference within a node."""
    for name, member in members(node).items():
        if name == "$ref" and isinstance(member, str):
            yield member
        else:
            yield from references(member)
    for item in items(node):
        yield from references(item)
