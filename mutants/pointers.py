"""Finds places of a document by JSON pointer (RFC 6901)."""

from typing import Any


def at(document: Any, pointer: str) -> tuple[Any, Any]:
    """Return the node that holds what a pointer names, and the key or index under which it does.

    Raises:
        LookupError: there is no such place.
    """
    *tokens, last = [
        token.replace("~1", "/").replace("~0", "~") for token in pointer.removeprefix("#/").split("/")
    ]
    node = document
    for token in tokens:
        node = node[int(token) if isinstance(node, list) else token]
    return node, int(last) if isinstance(node, list) else last


def found(document: Any, pointer: str) -> Any:
    """Return what a pointer names."""
    parent, key = at(document, pointer)
    return parent[key]
