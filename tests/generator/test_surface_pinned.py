"""The public surface of the built client, pinned: it changes on purpose, or not at all.

Arguments that are properties of a variant are not pinned, so that adding a property needs only an edit of the
contract. The other arguments of a method, its result, and every other public name are pinned.

After a change on purpose run `python -m tests.generator.test_surface_pinned`, with the built client on the
path, and read the diff of `surface.txt`.
"""

import importlib
import inspect
from collections.abc import Collection, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

PINNED = Path(__file__).with_name("surface.txt")
SPEC = Path(__file__).parents[2] / "openapi.yaml"
PACKAGE = "eigen_generate"


def surface() -> Iterator[str]:
    """Yield every public name on a line; methods with their signatures, each argument on a line."""
    package, properties = importlib.import_module(PACKAGE), _properties_of_methods()
    for name in package.__all__:
        yield from _described(name, getattr(package, name))
    for name in ("EigenGenerate", "AsyncEigenGenerate"):
        yield from _signature(name, getattr(package, name))
    for name in ("", "Async"):
        client = getattr(package, f"{name}EigenGenerate")(api_key="test-key", base_url="http://127.0.0.1:9")
        for resource in ("images", "audio", "videos"):
            methods = getattr(client, resource)
            for method in _public(methods.__class__):
                called, left_out = f"{resource}.{method}", properties.get((resource, method), set())
                yield from _signature(f"{name}EigenGenerate.{called}", getattr(methods, method), left_out)
    models: ModuleType = importlib.import_module(f"{PACKAGE}.models")
    # Leaves out what the module imports.
    defined = (
        value for value in vars(models).values() if getattr(value, "__module__", "") == models.__name__
    )
    for model in defined:
        yield f"models.{model.__name__}({', '.join(base.__name__ for base in model.__bases__)})"


def _properties_of_methods() -> dict[tuple[str, str], set[str]]:
    """Return the properties of the variants of each method, by resource and method."""
    data: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    schemas: dict[str, dict[str, Any]] = data["components"]["schemas"]
    items: list[dict[str, Any]] = [*data["paths"].values()]

    def property_names(name: str) -> set[str]:
        parts = [part["$ref"].rpartition("/")[2] for part in schemas[name].get("allOf", ()) if "$ref" in part]
        return {*schemas[name].get("properties", ())}.union(*map(property_names, parts))

    return {
        (method["resource"], method["method"]): set[str]().union(
            *map(property_names, method.get("variants", ()))
        )
        for item in items
        for operation in item.values()
        for method in operation.get("x-sdk", {}).get("methods", ())
    }


def _described(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, type):
        yield name
        return
    kind: type[object] = value
    bases = [base.__name__ for base in kind.__bases__ if base is not object]
    yield f"{name}({', '.join(bases)})" if bases else name
    for attribute_name in _public(kind):
        attribute = inspect.getattr_static(kind, attribute_name, None)
        if inspect.isfunction(attribute):
            yield from _signature(f"{name}.{attribute_name}", attribute)
        elif attribute is None or isinstance(attribute, property) or inspect.ismemberdescriptor(attribute):
            yield f"{name}.{attribute_name}"


def _public(value: type) -> list[str]:
    """Return the public names of a class, including those that it only annotates."""
    declared = {name for base in value.__mro__ for name in vars(base).get("__annotations__", ())}
    return [name for name in sorted({*dir(value), *declared}) if not name.startswith("_")]


def _signature(name: str, function: Any, left_out: Collection[str] = ()) -> Iterator[str]:
    signature = inspect.signature(function)
    yield f"{name} -> {signature.return_annotation}"
    for parameter in signature.parameters.values():
        if parameter.name != "self" and parameter.name not in left_out:
            yield f"    {parameter}"


def test_the_public_surface_is_what_it_was() -> None:
    assert "\n".join(surface()) == PINNED.read_text(encoding="utf-8").rstrip("\n")


if __name__ == "__main__":
    PINNED.write_text("\n".join(surface()) + "\n", encoding="utf-8")
