"""Edits of a YAML text by JSON pointer, as a person makes them: no other line changes."""

import textwrap
from typing import Any, cast

import yaml


def insert(text: str, pointer: str, entry: str) -> str:
    """Return the text with an entry more in the block mapping or block sequence at a JSON pointer.

    The entry stands before the last one: where that begins is certain, where it ends is not, since comments
    belong to nothing.

    Raises:
        LookupError: there is no such node, or it is written between brackets.
    """
    node = node_at(text, pointer)
    children = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else node.value
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not children:
        raise LookupError(f"{pointer} is no block of entries")
    lines = text.splitlines(keepends=True)
    # The mark of an item of a sequence is behind its dash.
    line = children[-1].start_mark.line
    added = textwrap.indent(textwrap.dedent(entry).strip("\n") + "\n", " " * node.start_mark.column)
    return "".join([*lines[:line], added, *lines[line:]])


def replace(text: str, pointer: str, value: str) -> str:
    """Return the text with another value at a JSON pointer, written as it is given.

    Raises:
        LookupError: there is no such node.
    """
    node = node_at(text, pointer)
    return text[: node.start_mark.index] + value + text[node.end_mark.index :]


def node_at(text: str, pointer: str) -> yaml.Node:
    """Return the node at a JSON pointer.

    Raises:
        LookupError: there is none.
    """
    node: yaml.Node | None = compose(text)
    for token in pointer.removeprefix("/").split("/"):
        name = token.replace("~1", "/").replace("~0", "~")
        node = child(node, name)
        if node is None:
            raise LookupError(f"the contract has nothing at {pointer}: {name} is missing")
    assert node is not None
    return node


def compose(text: str) -> Any:
    """Parse a text into nodes, each with its place."""
    return cast("Any", yaml).compose(text, yaml.SafeLoader)


def child(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Return the value of a key, or the item of an index; None if there is none."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and name.isdecimal() and int(name) < len(node.value):
        item: yaml.Node = node.value[int(name)]
        return item
    return None
