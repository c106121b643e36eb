"""What a client mutant changes: the source of one module of a copy of the built client."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

from mutants.mutant import Mutant

CLIENT = Path(__file__).parents[2] / "generated_client" / "eigen_generate"


@frozen
class Planting:
    """Which module, by its path inside the package, and how its source changes."""

    module: str
    change: Callable[[str], str]


def planted(family: str, operator: str, pointer: str, module: str, change: Callable[[str], str]) -> Mutant:
    return Mutant("client", family, operator, pointer, Planting(module, change))


def modules(folder: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules of a folder of the built client, parsed."""
    for path in sorted((CLIENT / folder).glob("*.py")):
        if path.name != "__init__.py":
            yield f"{folder}/{path.name}", ast.parse(path.read_text("utf-8"))


def in_tree(number: int, kind: type[ast.AST], change: Callable[[ast.AST], None]) -> Callable[[str], str]:
    """Change one node of a module: the one of its kind with that number, in the order of `ast.walk`."""

    def changed(source: str) -> str:
        tree = ast.parse(source)
        nodes = [node for node in ast.walk(tree) if isinstance(node, kind)]
        change(nodes[number])
        return ast.unparse(tree)

    return changed
