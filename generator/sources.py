"""Python modules as lines that can be left out, and what their syntax trees name.

A module is parsed once: lines keep the numbers that its tree knows them by, whatever is left out.
"""

import ast
import re
from collections.abc import Iterable

from attrs import evolve, field, frozen

from .loading.json_data import is_list

# A string that may be an annotation, and the names in it; more than stand in one do no harm.
_ANNOTATION = re.compile(r"[\w.]+(\[[^:/]*\])?( \| [\w.]+(\[[^:/]*\])?)*")
_WORD = re.compile(r"[A-Za-z_]\w*")
_NO_NODES = (ast.Load, ast.Store)  # that name nothing, and are a quarter of a tree


@frozen
class Source:
    """A module: its tree, and its lines in the order of their numbers, None for one that is left out."""

    tree: ast.Module
    lines: tuple[str | None, ...]

    @classmethod
    def read(cls, text: str) -> "Source":
        """A whole module. Raises SyntaxError."""
        return cls(ast.parse(text), tuple(text.splitlines()))

    def with_lines(self, lines: Iterable[str | None]) -> "Source":
        """The same module with other lines under the same numbers."""
        return evolve(self, lines=tuple(lines))

    @property
    def text(self) -> str:
        """What is left of it."""
        return "\n".join([*(line for line in self.lines if line is not None), ""])


@frozen
class Mentions:
    """What stands in a tree: names, members of names, and imports of names."""

    names: set[str] = field(factory=set[str])
    members: set[tuple[str, str]] = field(factory=set[tuple[str, str]])
    imports: list[ast.ImportFrom] = field(factory=list[ast.ImportFrom])


def mentions(trees: Iterable[ast.AST]) -> Mentions:
    """What stands in any of the trees; names in annotations that are strings included.

    Its own walk: `ast.walk` looks into names and numbers as well, and takes twice the time.
    """
    found, waiting = Mentions(), list(trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            found.names.add(node.id)
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _ANNOTATION.fullmatch(node.value):
                found.names.update(_WORD.findall(node.value))
        elif isinstance(node, ast.ImportFrom):
            found.imports.append(node)
        else:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.members.add((node.value.id, node.attr))
            for name in node._fields:
                value = getattr(node, name, None)
                if is_list(value):
                    waiting += [one for one in value if isinstance(one, ast.AST)]
                elif isinstance(value, ast.AST) and not isinstance(value, _NO_NODES):
                    waiting.append(value)
    return found
