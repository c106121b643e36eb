"""The runtime as a client carries it: the code as it stands, and what callers may read of its documentation.

Comments and the docstrings of what no caller imports are for whoever works on the runtime, and stay in
`generator/runtime/`, as the docstring of the package says. No code is touched, which a test holds token by
token, so a traceback shows what is written there.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .sources import Source

_Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
# Comments that type checkers of a client read.
_KEPT = ("# type:", "# pyright:")


def shown_names(package: Path) -> frozenset[str]:
    """The names of the runtime that a client hands to its callers: what its public modules import."""
    modules = [
        package / f"{name}.py" for name in ("__init__", "errors", "models/__init__", "results", "types")
    ]
    found: set[str] = set()
    for statement in (one for module in modules for one in _statements(ast.parse(module.read_bytes()))):
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("_runtime"):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            found |= {ast.literal_eval(name) for name in getattr(statement.value, "elts", ())}
    return frozenset(found)


def bare(sources: Mapping[str, Source], shown: frozenset[str]) -> dict[str, Source]:
    """The runtime's sources by path, without what no caller reads; `shown` are names that callers have."""
    shown |= _bases(sources.values(), shown)
    return {
        path: source if path == "__init__.py" else _without(source, set(_unread(source.tree, shown)))
        for path, source in sources.items()
    }


def _bases(sources: Iterable[Source], shown: frozenset[str]) -> frozenset[str]:
    """The classes that shown classes inherit from: their methods are documented where they are defined."""
    classes = {
        one.name: one for source in sources for one in source.tree.body if isinstance(one, ast.ClassDef)
    }
    waiting = [*shown]
    for name in waiting:
        bases = classes[name].bases if name in classes else []
        waiting += [base for base in map(_name, bases) if base not in waiting]
    return frozenset(waiting)


def _name(base: ast.expr) -> str:
    return ast.unparse(base).partition("[")[0]


def _unread(tree: ast.Module, shown: frozenset[str]) -> Iterator[int]:
    """The lines, counted from 1, of the docstrings that no caller reads."""
    definitions = [one for one in tree.body if isinstance(one, _Definition)]
    public = [one.name for one in definitions if not one.name.startswith("_")]
    if not public or not shown.issuperset(public):
        yield from _docstring(tree)
    for one in definitions:
        read = one.name in shown
        if not read:
            yield from _docstring(one)
        for inner in _statements(one):
            if isinstance(inner, _Definition) and (not read or inner.name.startswith("_")):
                yield from _docstring(inner)


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Every statement inside of `tree`, however deep; no statement stands in an expression."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for one in getattr(tree, block, ()):
            if isinstance(one, ast.stmt):
                yield one
            yield from _statements(one)


def _docstring(node: ast.Module | _Definition) -> Iterator[int]:
    """The lines of a docstring and of the blank one after it; none if it is all that there is."""
    if ast.get_docstring(node, clean=False) is not None and (
        len(node.body) > 1 or isinstance(node, ast.Module)
    ):
        last = node.body[0].end_lineno or 0
        after = node.body[1].lineno if len(node.body) > 1 else last + 1
        yield from range(node.body[0].lineno, last + 1 + (after > last + 1))


def _without(source: Source, unread: set[int]) -> Source:
    """Without lines, and without comments; no string of the runtime holds two spaces and a `#`."""
    return source.with_lines(
        None if line is None or number in unread or _is_comment(line) else _uncommented(line)
        for number, line in enumerate(source.lines, 1)
    )


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#") and not _is_kept(line)


def _uncommented(line: str) -> str:
    code, found, comment = line.partition("  # ")
    return line if not found or _is_kept(f"# {comment}") else code


def _is_kept(line: str) -> bool:
    return line.lstrip().startswith(_KEPT)
