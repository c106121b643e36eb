"""Models that are another one and more: an `allOf` of one `$ref` makes a subclass, if a class can say it."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..loading.json_data import as_object
from ..names import model_name
from .types import text, value_type


@frozen
class Inheriting:
    """A model, what it adds, and the model that has the rest; None if it has all itself."""

    model: Any
    base: Any
    required: list[Any]
    optional: list[Any]


def inheriting(models: list[Any], schemas: Mapping[str, dict[str, Any]]) -> list[Inheriting]:
    """The models with what each adds, bases first; `schemas` are the contract's own, by class name."""
    known = {str(model.class_info.name): model for model in models}
    bases = {name: _base(model, known, schemas.get(name, {})) for name, model in known.items()}
    found: dict[str, Inheriting] = {}
    for name in known:
        for one in reversed(list(_line(name, bases))):
            found.setdefault(one, _inheriting(known[one], known.get(bases[one])))
    return list(found.values())


def _line(name: str, bases: Mapping[str, str]) -> Iterator[str]:
    while name:
        yield name
        name = bases[name]


def _base(model: Any, known: Mapping[str, Any], schema: dict[str, Any]) -> str:
    """The name of the model that `model` can inherit from; empty if there is none.

    A class adds members and leaves those that it inherits as they are, and what must be given comes first.
    """
    parts = schema.get("allOf", ())
    reference = as_object(parts[0]).get("$ref", "") if len(parts) == 1 else ""
    name = model_name(reference.rpartition("/")[2])
    base = known.get(name)
    if base is None or base is model or not (_is_open(base) and _is_open(model)):
        return ""
    required, inherited = _members(model.required_properties), _members(base.required_properties)
    fits = required == inherited and (
        _members(base.optional_properties).items() <= _members(model.optional_properties).items()
    )
    return name if fits else ""


def _is_open(model: Any) -> bool:
    more = model.additional_properties
    return bool(more) and value_type(more) == "Any"


def _members(properties: list[Any]) -> dict[str, tuple[str, str]]:
    return {str(prop.python_name): (text(prop.name), value_type(prop)) for prop in properties}


def _inheriting(model: Any, base: Any) -> Inheriting:
    if base is None:
        return Inheriting(model, None, model.required_properties, model.optional_properties)
    inherited = _members(base.optional_properties)
    added = [prop for prop in model.optional_properties if str(prop.python_name) not in inherited]
    return Inheriting(model, base, [], added)
