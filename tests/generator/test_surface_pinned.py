"""The public surface of the built client, pinned: it changes on purpose, or not at all.

After a change on purpose run `python -m tests.generator.test_surface_pinned`, with the built client on the
path, and read the diff of `surface.txt`.
"""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

PINNED = Path(__file__).with_name("surface.txt")
PACKAGE = "eigen_generate"


def surface() -> Iterator[str]:
    """Every public name, one a line; methods with their signatures, one argument a line."""
    package = importlib.import_module(PACKAGE)
    for name in package.__all__:
        yield from _described(name, getattr(package, name))
    for name in ("EigenGenerate", "AsyncEigenGenerate"):
        yield from _signature(name, getattr(package, name))
    for name in ("", "Async"):
        client = getattr(package, f"{name}EigenGenerate")(api_key="test-key", base_url="http://127.0.0.1:9")
        for resource in ("images", "audio", "videos"):
            found = getattr(client, resource)
            for method in _public(found.__class__):
                yield from _signature(f"{name}EigenGenerate.{resource}.{method}", getattr(found, method))
    models: ModuleType = importlib.import_module(f"{PACKAGE}.models")
    yield from (f"models.{name}" for name in models.__all__)


def _described(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, type):
        yield name
        return
    kind: type[object] = value
    bases = [base.__name__ for base in kind.__bases__ if base is not object]
    yield f"{name}({', '.join(bases)})" if bases else name
    for member in _public(kind):
        attribute = inspect.getattr_static(kind, member)
        if inspect.isfunction(attribute):
            yield from _signature(f"{name}.{member}", attribute)
        elif isinstance(attribute, property) or inspect.ismemberdescriptor(attribute):
            yield f"{name}.{member}"


def _public(value: type) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")]


def _signature(name: str, function: Any) -> Iterator[str]:
    signature = inspect.signature(function)
    yield f"{name} -> {signature.return_annotation}"
    for parameter in signature.parameters.values():
        if parameter.name != "self":
            yield f"    {parameter}"


def test_the_public_surface_is_what_it_was() -> None:
    assert "\n".join(surface()) == PINNED.read_text(encoding="utf-8").rstrip("\n")


if __name__ == "__main__":
    PINNED.write_text("\n".join(surface()) + "\n", encoding="utf-8")
