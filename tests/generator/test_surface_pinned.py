"""The public surface of the built client, pinned: it changes on purpose, or not at all.

What the contract names is not pinned (methods, their arguments and results, models), so that a change of the
contract needs no edit here. Pinned is what the generator makes of it: the options that each kind of method
has, what each kind of result offers, and every other public name.

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

from tests.generator.contract_names import ContractNames

PINNED = Path(__file__).with_name("surface.txt")
SPEC = Path(__file__).parents[2] / "openapi.yaml"
PACKAGE = "eigen_generate"


def surface() -> Iterator[str]:
    """Yield every pinned line; methods with their signatures, each argument on a line."""
    contract = ContractNames.of(yaml.safe_load(SPEC.read_text(encoding="utf-8")))
    package = importlib.import_module(PACKAGE)
    blocks = [
        *(_described(contract, name, getattr(package, name)) for name in package.__all__),
        *(_signature(name, getattr(package, name)) for name in ("EigenGenerate", "AsyncEigenGenerate")),
        *_methods(contract, package),
        _models(importlib.import_module(f"{PACKAGE}.models")),
    ]
    # Results of one kind, and methods of one kind, are described alike, and once.
    for block in dict.fromkeys("\n".join(block) for block in blocks):
        yield from block.splitlines()


def _methods(contract: ContractNames, package: ModuleType) -> Iterator[Iterator[str]]:
    for client_name in ("EigenGenerate", "AsyncEigenGenerate"):
        client = getattr(package, client_name)(api_key="test-key", base_url="http://127.0.0.1:9")
        for method in contract.methods:
            function = getattr(getattr(client, method.resource), method.name)
            lines = _signature(f"{client_name}, {method.kind}", function, method.arguments)
            yield (contract.without_results(line) for line in lines)


def _models(models: ModuleType) -> Iterator[str]:
    # Leaves out what the module imports.
    defined = [
        value for value in vars(models).values() if getattr(value, "__module__", "") == models.__name__
    ]
    bases = {next(base for base in model.__mro__ if base not in defined) for model in defined}
    yield from sorted(f"models are {base.__name__}" for base in bases)


def _described(contract: ContractNames, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, type):
        yield name
        return
    kind: type[object] = value
    bases = [base.__name__ for base in kind.__bases__ if base is not object]
    left_out = contract.fields_of(name)
    if left_out is None:
        yield f"{name}({', '.join(bases)})" if bases else name
    else:
        name = f"result {bases[0]}"
        yield name
    for attribute_name in _public(kind):
        if attribute_name in contract.attributes or attribute_name in (left_out or ()):
            continue
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
