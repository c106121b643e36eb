"""The surfaces of the client: where its methods are, and every call that a caller can write."""

import ast
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import eigen_generate
from tests.editor.expected import CLIENT, METHODS, Method

PACKAGE_FOLDER = Path(eigen_generate.__file__).parent.resolve()
# What the prepared request and the streamed answer offer, whatever the method; images.md and saving.md of
# docs/ describe them.
_PREPARED = frozenset({"method", "url", "headers", "to_curl"})
_STREAMED = frozenset({"result", "save", "media_type"})


class Surface(NamedTuple):
    """One way to reach the resources from one of the two clients."""

    client: str
    group: str
    """`prepare`, `streaming`, or nothing for the resources themselves."""

    @property
    def is_async(self) -> bool:
        return self.client.startswith("Async")

    @property
    def is_awaited(self) -> bool:
        """Whether its calls are awaited; a prepared request is there at once, under asyncio too."""
        return self.is_async and self.group != "prepare"

    @property
    def path(self) -> str:
        """Where the resources are."""
        return f"client.{self.group}" if self.group else "client"

    @property
    def methods(self) -> tuple[Method, ...]:
        return tuple(method for method in METHODS if method.sends_one_request or not self.group)

    def __str__(self) -> str:
        return f"{self.client}.{self.group}" if self.group else self.client


class Call(NamedTuple):
    """A method as a caller reaches it."""

    surface: Surface
    method: Method

    @property
    def path(self) -> str:
        """The source text up to the parentheses."""
        return f"{self.surface.path}.{self.method.resource}.{self.method.name}"

    def source(self, arguments: str) -> str:
        """Return the source text of the call."""
        return f"{'await ' if self.surface.is_awaited else ''}{self.path}({arguments})"

    @property
    def common_attributes(self) -> frozenset[str]:
        """What the result offers because of its surface."""
        return {"prepare": _PREPARED, "streaming": _STREAMED}.get(self.surface.group, frozenset())

    @property
    def definitions(self) -> frozenset[tuple[Path, int]]:
        """File and line of each `def` of the method: one, or one for each overload and one for the body."""
        file = f"{self.surface.group}.py" if self.surface.group else f"resources/{self.method.resource}.py"
        path = PACKAGE_FOLDER / file
        class_name = type(running_resource(self.surface, self.method.resource)).__name__
        return frozenset((path, line) for line in _lines(path, class_name, self.method.name))

    def __str__(self) -> str:
        return f"{self.surface}.{self.method.resource}.{self.method.name}"


@cache
def running_client(name: str) -> Any:
    """Return a client of this class; a test looks at what it has and never sends."""
    return getattr(eigen_generate, name)(api_key="test-key", base_url="http://127.0.0.1:9")


def running_resource(surface: Surface, resource: str) -> Any:
    """Return the object behind `client.images`, `client.prepare.images` and so on."""
    client = running_client(surface.client)
    return getattr(getattr(client, surface.group) if surface.group else client, resource)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _lines(path: Path, class_name: str, method: str) -> list[int]:
    """The lines of the `def` of a method in a class, counted from one."""
    classes = [
        node for node in _tree(path).body if isinstance(node, ast.ClassDef) and node.name == class_name
    ]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node.lineno
        for owner in classes
        for node in owner.body
        if isinstance(node, functions) and node.name == method
    ]


SURFACES = tuple(
    Surface(client, group) for client in (CLIENT, f"Async{CLIENT}") for group in ("", "prepare", "streaming")
)
CALLS = tuple(Call(surface, method) for surface in SURFACES for method in surface.methods)
