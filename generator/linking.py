"""Leaves out of a client what its contract has no use for, of the runtime and of nothing else.

A definition stays if a generated module imports it, or if a definition that stays names it; a module of which
none stays is left out whole. Members of classes are not looked at: they stay with their class.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from attrs import field, frozen

_WIDTH = 110
_BEFORE_DEFINITIONS = re.compile(r"\n{2,}(?=@|class |def |async def )")
# A string that may be an annotation, and the names in it; more than stand in one do no harm.
_ANNOTATION = re.compile(r"[\w.]+(\[[^:/]*\])?( \| [\w.]+(\[[^:/]*\])?)*")
_WORD = re.compile(r"[A-Za-z_]\w*")
# A module of the runtime and a name in it: `*` for all names, none for the module as a value.
Reference = tuple[str, str]


@frozen
class _Module:
    """What a module defines at its top, and where it has each name from that it imports of the runtime."""

    text: str
    definitions: Mapping[str, ast.stmt]
    imports: Mapping[str, Reference]


@frozen
class _Mentions:
    """What stands in a tree: names, members of names, and what it imports of the runtime."""

    names: set[str] = field(factory=set[str])
    members: set[tuple[str, str]] = field(factory=set[tuple[str, str]])
    imports: dict[str, Reference] = field(factory=dict[str, Reference])

    def references(self, imports: Mapping[str, Reference]) -> Iterator[Reference]:
        """What it imports itself, and members that it names of modules among `imports`."""
        yield from self.imports.values()
        yield from ((imports[name][0], member) for name, member in self.members if name in imports)


def wanted(package: Path) -> frozenset[Reference]:
    """What the generated modules of a client import of its runtime; they must be without idle imports."""
    modules = (path for path in package.rglob("*.py") if "_runtime" not in path.relative_to(package).parts)
    found = [_mentions(ast.parse(module.read_bytes()), "_runtime") for module in modules]
    return frozenset(one for mentions in found for one in mentions.references(mentions.imports))


def linked(sources: Mapping[str, str], start: Iterable[Reference]) -> dict[str, str]:
    """The sources by path, with what is reached from `start`; the package's own docstring stays."""
    modules = {Path(path).stem: _module(text) for path, text in sources.items()}
    reached = _reached(modules, start)
    kept = {of: {name for other, name in reached if other == of} for of, _ in reached}
    kept["__init__"] = set(modules["__init__"].definitions)
    return {f"{of}.py": _with(module, kept[of]) for of, module in modules.items() if of in kept}


def _module(text: str) -> _Module:
    tree = ast.parse(text)
    heads = [one for one in tree.body if isinstance(one, ast.ImportFrom | ast.If)]
    imports = {name: one for head in heads for name, one in _mentions(head).imports.items()}
    return _Module(text, {name: one for one in tree.body for name in _defined(one)}, imports)


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _mentions(tree: ast.AST, package: str = "") -> _Mentions:
    """What stands in a tree, where the runtime goes by the name `package`; names in annotations included."""
    found = _Mentions()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name):
                found.names.add(name)
            case ast.Attribute(value=ast.Name(id=name), attr=member):
                found.members.add((name, member))
            case ast.Constant(value=str(text)) if _ANNOTATION.fullmatch(text):
                found.names.update(_WORD.findall(text))
            case ast.ImportFrom(module=module, names=names, level=level) if level:
                found.imports.update(_imported(module or "", names, package))
            case _:
                pass
    return found


def _imported(module: str, names: Iterable[ast.alias], package: str) -> Iterator[tuple[str, Reference]]:
    head, _, module = module.partition(".") if package else ("", "", module)
    if head == package:
        for one in names:
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
            mentions = _mentions(module.definitions[name])
            waiting += mentions.references(module.imports)
            waiting += [module.imports.get(one, (of, one)) for one in mentions.names]
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
    return without_idle_imports(text) if dropped else module.text


def without_idle_imports(text: str) -> str:
    """A module's text without imports that nothing in it names."""
    tree = ast.parse(text)
    named, lines = _mentions(tree).names, text.splitlines()
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
    return without_idle_imports(text.replace(block + "\n", ""))


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
