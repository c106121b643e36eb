"""The runtime as clients carry it: its code, token by token, and what callers read of its documentation."""

import ast
import io
import tokenize
from collections.abc import Collection
from importlib import import_module
from pathlib import Path

import pytest

from generator import finish
from generator.bare import bare, shown_names
from generator.sources import Source

CLIENT = Path(__file__).parents[2] / "generated_client" / "eigen_generate"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(finish.RUNTIME.glob("*.py"))}
_BARE = bare({name: Source.read(text) for name, text in SOURCES.items()}, shown_names(CLIENT))
COPIES = {name: source.text for name, source in _BARE.items()}
# In bytes, as `bench/bars.toml` has it.
LARGEST = 250_000
_SPACE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def code(text: str) -> list[str]:
    """The tokens of a module, without comments and docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(ast.parse(text)) if isinstance(node, holders) and node.body]
    docstrings = {
        (one.lineno, one.col_offset)
        for one in first
        if isinstance(one, ast.Expr)
        and isinstance(one.value, ast.Constant)
        and isinstance(one.value.value, str)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [one.string for one in tokens if one.type not in _SPACE and one.start not in docstrings]


@pytest.mark.parametrize("name", SOURCES)
def test_a_copy_has_the_code_of_its_source(name: str) -> None:
    assert code(COPIES[name]) == code(SOURCES[name])


@pytest.mark.parametrize("name", SOURCES)
def test_a_copy_has_no_comments(name: str) -> None:
    tokens = tokenize.generate_tokens(io.StringIO(COPIES[name]).readline)
    assert not [one.string for one in tokens if one.type == tokenize.COMMENT and "type:" not in one.string]


def test_the_package_says_where_the_comments_are() -> None:
    assert "read them in the generator's `runtime/`" in COPIES["__init__.py"]


def documented(sources: dict[str, str], names: Collection[str]) -> dict[str, str | None]:
    """The docstrings of classes, and of their public members."""
    classes = [
        one for text in sources.values() for one in ast.parse(text).body if isinstance(one, ast.ClassDef)
    ]
    found: dict[str, str | None] = {}
    for given in classes:
        if given.name in names:
            found[given.name] = ast.get_docstring(given)
            for one in given.body:
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
                    found[f"{given.name}.{one.name}"] = ast.get_docstring(one)
    return found


def test_what_callers_import_keeps_its_documentation() -> None:
    names = [*import_module("eigen_generate").__all__, "Media", "MoreOptions", "ClosedObject", "Incoming"]
    wanted = documented(SOURCES, names)
    assert len(wanted) > 50
    assert all(wanted.values())
    assert documented(COPIES, names) == wanted


SOURCE = '''
"""Module."""

X = 1  # why


class Shown:
    """Shown."""

    def _own(self) -> None:
        """Own."""
        return
'''
BARE = '''
X = 1


class Shown:
    """Shown."""

    def _own(self) -> None:
        return
'''


def test_a_copy_drops_what_no_caller_reads() -> None:
    more = "\n\ndef f() -> None:\n    pass\n"
    copies = bare({"a.py": Source.read(SOURCE + more)}, frozenset({"Shown"}))
    assert copies["a.py"].text == BARE + more


def test_the_committed_client_is_small() -> None:
    sizes = {path: path.stat().st_size for path in CLIENT.parent.rglob("*.py")}
    assert sum(sizes.values()) < LARGEST
