"""Leaves out of a client what its contract has no use for, of the runtime and of nothing else.

A definition stays if a generated module imports it, or if a definition that stays names it; a module of which
none stays is left out whole. Members of classes are not looked at: they stay with their class.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from attrs import frozen

_WIDTH = 110
_BEFORE_DEFINITIONS = re.compile(r"\n{2,}(?=@|class |def |async def )")
# A module of the runtime and a name in it: `*` for all names, none for the module as a value.
Reference = tuple[str, str]


@frozen
class _Module:
    """What a module defines at its top, and where it has each name from that it imports of the runtime."""

    text: str
    definitions: Mapping[str, ast.stmt]
    imports: Mapping[str, Reference]


def wanted(package: Path) -> frozenset[Reference]:
    """What the generated modules of a client import of its runtime; they must be without idle imports."""
    modules = (path for path in package.rglob("*.py") if "_runtime" not in path.relative_to(package).parts)
    trees = [ast.parse(module.read_bytes()) for module in modules]
    return frozenset(one for tree in trees for one in _references(tree, _imports(tree, "_runtime")))


def linked(sources: Mapping[str, str], start: Iterable[Reference]) -> dict[str, str]:
    """The sources by path, with what is reached from `start`; the package's own docstring stays."""
    modules = {Path(path).stem: _module(text) for path, text in sources.items()}
    reached = _reached(modules, start)
    kept = {of: {name for other, name in reached if other == of} for of, _ in reached}
    kept["__init__"] = set(modules["__init__"].definitions)
    return {f"{of}.py": _with(module, kept[of]) for of, module in modules.items() if of in kept}


def _module(text: str) -> _Module:
    tree = ast.parse(text)
    return _Module(text, {name: one for one in tree.body for name in _defined(one)}, _imports(tree))


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _imports(tree: ast.AST, package: str = "") -> dict[str, Reference]:
    """Where names come from that are imported of the runtime, which goes by the name `package` there."""
    found: dict[str, Reference] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            head, _, module = (node.module or "").partition(".") if package else ("", "", node.module or "")
            if head == package:
                for one in node.names:
                    found[one.asname or one.name] = (module, one.name) if module else (one.name, "")
    return found


def _references(tree: ast.AST, imports: Mapping[str, Reference]) -> Iterator[Reference]:
    """What a tree imports of the runtime itself, and members that it names of modules of it."""
    yield from _imports(tree, "_runtime" if isinstance(tree, ast.Module) else "").values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imports:
            yield imports[node.value.id][0], node.attr


def _names(tree: ast.AST) -> Iterator[str]:
    """The names in a tree, those in annotations that are strings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                quoted = ast.parse(node.value, mode="eval")
            except (SyntaxError, ValueError):
                continue
            yield from (one.id for one in ast.walk(quoted) if isinstance(one, ast.Name))


def _reached(modules: Mapping[str, _Module], start: Iterable[Reference]) -> set[Reference]:
    waiting, reached = list(start), set[Reference]()
    while waiting:
        of, name = waiting.pop()
        module = modules.get(of)
        if module is None or (of, name) in reached:
            continue
        if name == "*":
            waiting += [(of, one) for one in module.definitions]
        elif name in module.definitions:
            reached.add((of, name))
            statement = module.definitions[name]
            waiting += _references(statement, module.imports)
            waiting += [module.imports.get(one, (of, one)) for one in _names(statement)]
    return reached


def _with(module: _Module, kept: set[str]) -> str:
    """A module's text with these definitions alone, and without imports that only others had use for."""
    dropped = [one for name, one in module.definitions.items() if name not in kept]
    lines = module.text.splitlines()
    for one in sorted(dropped, key=lambda one: one.lineno, reverse=True):
        first = min([one.lineno, *(node.lineno for node in getattr(one, "decorator_list", ()))])
        last = one.end_lineno or first
        while last < len(lines) and not lines[last]:
            last += 1
        del lines[first - 1 : last]
    text = _BEFORE_DEFINITIONS.sub("\n\n\n", "\n".join(lines).rstrip() + "\n")
    return _without_idle_imports(text) if dropped else module.text


def _without_idle_imports(text: str) -> str:
    tree = ast.parse(text)
    named, lines = set(_names(tree)), text.splitlines()
    blocks = [one for one in tree.body if isinstance(one, ast.If)]
    found = [one for one in [*tree.body, *(one for block in blocks for one in block.body)] if _is_import(one)]
    for node in sorted(found, key=lambda node: node.lineno, reverse=True):
        names = [one for one in node.names if (one.asname or one.name).partition(".")[0] in named]
        if len(names) < len(node.names) and getattr(node, "module", "") != "__future__":
            lines[node.lineno - 1 : node.end_lineno] = _import(node, names) if names else []
            if not names and node.lineno > 1 and not "".join(lines[node.lineno - 2 : node.lineno]):
                del lines[node.lineno - 2]  # one of two blank lines that now meet
    return _without_empty_block("\n".join(lines) + "\n")


def _without_empty_block(text: str) -> str:
    """Without a block of imports for type checkers of which none is left, and the name that it asks."""
    block = "if TYPE_CHECKING:\n"
    _, found, after = text.partition(block)
    if not found or after.startswith("    "):
        return text
    return _without_idle_imports(text.replace(block + "\n", ""))


def _is_import(node: ast.stmt) -> TypeGuard[ast.Import | ast.ImportFrom]:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _import(node: ast.Import | ast.ImportFrom, names: list[ast.alias]) -> list[str]:
    node.names = names
    indent = " " * node.col_offset
    line = indent + ast.unparse(node)
    if len(line) <= _WIDTH:
        return [line]
    start = line.partition(" import ")[0]
    return [f"{start} import (", *(f"{indent}    {ast.unparse(one)}," for one in names), f"{indent})"]
