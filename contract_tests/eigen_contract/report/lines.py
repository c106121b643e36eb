"""Finds the line of a place in the contract, so that a reader, or a pull request, can be taken there."""

import yaml
from attrs import frozen

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Lines:
    """The lines of a YAML or JSON document by JSON pointer."""

    root: yaml.Node | None

    @classmethod
    def of(cls, data: bytes) -> "Lines":
        """Read a document; one that is empty, or that does not parse, has no lines."""
        try:
            return cls(yaml.compose(data, LOADER))
        except yaml.YAMLError:
            return cls(None)

    def of_pointer(self, pointer: str) -> int:
        """Return the line, from 1, of a place or of the nearest place above it; 1 if there is none."""
        node, line = self.root, 1
        for token in pointer.removeprefix("#").split("/")[1:]:
            found = child(node, token.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            line, node = found
        return line


def child(node: yaml.Node | None, token: str) -> tuple[int, yaml.Node] | None:
    """Return the line and the node of an entry of a mapping or a sequence."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == token:
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        value = node.value[int(token)]
        return value.start_mark.line + 1, value
    return None
