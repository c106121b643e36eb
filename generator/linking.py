"""Leaves out of a client what its contract has no use for, of the runtime and of nothing else.

A definition stays if a generated module imports it, or if a definition that stays names it; a module of which
none stays is left out whole. Members of classes are not looked at: they stay with their class.
"""

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from attrs import field, frozen

from .sources import Mentions, Source, mentions

_WIDTH = 110
_BEFORE_DEFINITIONS = re.compile(r"\n{2,}(?=@|class |def |async def )")
# A module of the runtime and a name in it: `*` for all names, none for the module as a value.
Reference = tuple[str, str]


@frozen
class _Module:
    """What a module defines at its top, and where it has each name from that it imports of the runtime."""

    source: Source
    definitions: Mapping[str, ast.stmt]
    imports: Mapping[str, Reference]
    _seen: dict[ast.stmt, Mentions] = field(factory=dict[ast.stmt, Mentions])

    def mentions(self, statement: ast.stmt) -> Mentions:
        """What stands in a statement at its top."""
        if statement not in self._seen:
            self._seen[statement] = mentions([statement])
        return self._seen[statement]


def wanted(package: Path) -> frozenset[Reference]:
    """What the generated modules of a client import of its runtime; they must be without idle imports."""
    found: set[Reference] = set()
    for module in package.rglob("*.py"):
        if "_runtime" not in module.relative_to(package).parts:
            given = mentions([ast.parse(module.read_bytes())])
            found.update(_references(given, dict(_imported(given.imports, "_runtime")), "_runtime"))
    return frozenset(found)


def linked(sources: Mapping[str, Source], start: Iterable[Reference]) -> dict[str, str]:
    """The sources by path, with what is reached from `start`; the package's own docstring stays."""
    modules = {Path(path).stem: _module(source) for path, source in sources.items()}
    reached = _reached(modules, start)
    kept = {of: {name for other, name in reached if other == of} for of, _ in reached}
    kept["__init__"] = set(modules["__init__"].definitions)
    return {f"{of}.py": _with(module, kept[of]) for of, module in modules.items() if of in kept}


def _module(source: Source) -> _Module:
    heads = [one for one in source.tree.body if isinstance(one, ast.ImportFrom | ast.If)]
    definitions = {name: one for one in source.tree.body for name in _defined(one)}
    return _Module(source, definitions, dict(_imported(mentions(heads).imports)))


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _references(given: Mentions, imports: Mapping[str, Reference], package: str = "") -> Iterator[Reference]:
    """What stands in a tree and is imported there, and members that it names of modules among `imports`."""
    yield from (reference for _, reference in _imported(given.imports, package))
    yield from ((imports[name][0], member) for name, member in given.members if name in imports)


def _imported(nodes: Iterable[ast.ImportFrom], package: str = "") -> Iterator[tuple[str, Reference]]:
    """Names that are imported of the runtime, where it goes by the name `package`."""
    for node in nodes:
        head, _, module = (node.module or "").partition(".") if package else ("", "", node.module or "")
        if node.level and head == package:
            for one in node.names:
                yield one.asname or one.name, (module, one.name) if module else (one.name, "")


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
            given = module.mentions(module.definitions[name])
            waiting += _references(given, module.imports)
            waiting += [module.imports.get(one, (of, one)) for one in given.names]
    return reached


def _with(module: _Module, kept: set[str]) -> str:
    """A module's text with these definitions alone, and without imports that only others had use for."""
    dropped = [one for name, one in module.definitions.items() if name not in kept]
    if not dropped:
        return module.source.text
    lines = list(module.source.lines)
    for one in dropped:
        first = min([one.lineno, *(node.lineno for node in getattr(one, "decorator_list", ()))])
        last = one.end_lineno or first
        while last < len(lines) and not lines[last]:
            last += 1
        lines[first - 1 : last] = [None] * (last - first + 1)
    left = [one for one in module.source.tree.body if one not in dropped]
    source = _without_idle(module.source.with_lines(lines), {one: module.mentions(one).names for one in left})
    # Two blank lines, also where nothing is left above them.
    return _BEFORE_DEFINITIONS.sub("\n\n\n", "\n" + source.text.rstrip() + "\n")[1:]


def without_idle_imports(text: str) -> str:
    """A module's text without imports that nothing in it names."""
    source = Source.read(text)
    return _without_idle(source, {one: mentions([one]).names for one in source.tree.body}).text


def _without_idle(source: Source, statements: Mapping[ast.stmt, set[str]]) -> Source:
    """Without imports that none of these statements names, the ones that are left; each with its names."""
    named = set[str]().union(*statements.values())
    lines = list(source.lines)
    blocks = [one for one in statements if isinstance(one, ast.If)]
    idle = [
        block for block in blocks if all(_is_import(one) and not _named(one, named) for one in block.body)
    ]
    if idle:  # blocks for type checkers: with one goes what its condition names
        for block in idle:
            _drop(lines, block)
        rest = {one: names for one, names in statements.items() if one not in idle}
        return _without_idle(source.with_lines(lines), rest)
    found = [
        one for one in [*statements, *(one for block in blocks for one in block.body)] if _is_import(one)
    ]
    for node in sorted(found, key=lambda node: node.lineno, reverse=True):
        names = _named(node, named)
        if not names:
            _drop(lines, node)
        elif len(names) < len(node.names):
            _replace(lines, node, _import(node, names))
    return source.with_lines(lines)


def _named(node: ast.Import | ast.ImportFrom, named: set[str]) -> list[ast.alias]:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return node.names
    return [one for one in node.names if (one.asname or one.name).partition(".")[0] in named]


def _replace(lines: list[str | None], node: ast.stmt, text: list[str]) -> None:
    last = node.end_lineno or node.lineno
    lines[node.lineno - 1 : last] = ["\n".join(text) if text else None, *[None] * (last - node.lineno)]


def _drop(lines: list[str | None], node: ast.stmt) -> None:
    """Leave out a statement, and one of two blank lines that then meet."""
    _replace(lines, node, [])
    before = next((at for at in reversed(range(node.lineno - 1)) if lines[at] is not None), None)
    after = next((line for line in lines[node.lineno :] if line is not None), "")
    if before is not None and not lines[before] and not after:
        lines[before] = None


def _is_import(node: ast.stmt) -> TypeGuard[ast.Import | ast.ImportFrom]:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _import(node: ast.Import | ast.ImportFrom, names: list[ast.alias]) -> list[str]:
    node, indent = copy.copy(node), " " * node.col_offset
    node.names = names
    line = indent + ast.unparse(node)
    if len(line) <= _WIDTH:
        return [line]
    start = line.partition(" import ")[0]
    return [f"{start} import (", *(f"{indent}    {ast.unparse(one)}," for one in names), f"{indent})"]
