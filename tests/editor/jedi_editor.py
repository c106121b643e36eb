"""Jedi, which completes in Jupyter, IPython, Vim and Emacs."""

from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from tests.editor.editors import Cursor, Document, Parameter, parse_parameter


class _Name(Protocol):
    """A name that Jedi found."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def module_path(self) -> Path | None: ...
    @property
    def line(self) -> int | None: ...
    def docstring(self, raw: bool = False) -> str: ...
    def to_string(self) -> str: ...


class _Signature(Protocol):
    @property
    def params(self) -> list[_Name]: ...


class _Script(Protocol):
    """`jedi.Script`, as far as the tests use it: Jedi carries no types.

    Lines count from one, columns from zero.
    """

    def complete(self, line: int, column: int) -> list[_Name]: ...
    def get_signatures(self, line: int, column: int) -> list[_Signature]: ...
    def help(self, line: int, column: int) -> list[_Name]: ...
    def goto(self, line: int, column: int, *, follow_imports: bool) -> list[_Name]: ...
    def infer(self, line: int, column: int) -> list[_Name]: ...


class JediEditor:
    """Jedi with a project whose packages are in one folder."""

    # Jedi takes the first overload whose parameter names and types fit, or all of them if none does. No value
    # fits a `Literal`.
    evaluates_literals = False
    # Jedi looks for `@overload` directly above `def`, where `async` stands in between.
    shows_async_overloads = False

    def __init__(self, root: Path, packages: Path) -> None:
        jedi: Any = import_module("jedi")
        # By default, Jedi writes what it parsed into the user's home.
        jedi.settings.cache_directory = str(root / "cache")
        self._root = root
        self._project = jedi.Project(root, added_sys_path=[str(packages)], smart_sys_path=False)
        # This process's own interpreter: another environment costs a process, and answers the same.
        self._environment = jedi.InterpreterEnvironment()
        self._script_class = jedi.Script
        self._scripts: dict[str, _Script] = {}

    def show(self, document: Document) -> None:
        """Make a script, as editors do for each question.

        An old script would not do: it remembers inferences that it cut short after many questions.
        """
        path = self._root / document.name
        script = self._script_class(
            document.text, path=path, project=self._project, environment=self._environment
        )
        self._scripts[document.name] = script

    def completions(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names that are offered."""
        return {name.name for name in self._scripts[document.name].complete(cursor.line + 1, cursor.column)}

    def signatures(self, document: Document, cursor: Cursor) -> list[list[Parameter]]:
        """Return the parameters of each signature."""
        signatures = self._scripts[document.name].get_signatures(cursor.line + 1, cursor.column)
        return [
            [parse_parameter(param.to_string()) for param in signature.params] for signature in signatures
        ]

    def documentation(self, document: Document, cursor: Cursor) -> list[str]:
        """Return the docstring's lines, without the signature that Jedi can put before them."""
        names = self._scripts[document.name].help(cursor.line + 1, cursor.column)
        return [line for name in names for line in name.docstring(raw=True).splitlines()]

    def definitions(self, document: Document, cursor: Cursor) -> set[tuple[Path, int]]:
        """Return file and line of what go-to-definition offers."""
        names = self._scripts[document.name].goto(cursor.line + 1, cursor.column, follow_imports=True)
        return {
            (name.module_path.resolve(), name.line)
            for name in names
            if name.module_path and name.line is not None
        }

    def types(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names of the classes that the variable's value may have."""
        return {name.name for name in self._scripts[document.name].infer(cursor.line + 1, cursor.column)}
