"""Classes of the contract's objects: their properties, and which of them inherit from others.

An `allOf` with one `$ref` makes a subclass, if a Python class can express the schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..loading.json_data import object_or_empty
from ..names import model_class_name
from .types import ValueType, value_annotation


@frozen
class ModelProperty:
    """A property of an object: `name` on the wire, `python_name` as an attribute."""

    name: str
    python_name: str
    type: ValueType
    description: str


@frozen
class ModelClass:
    """The class of an object. `description` is the contract's.

    `additional` is the type of properties with other names; None if there can be none.
    """

    name: str
    required: tuple[ModelProperty, ...]
    optional: tuple[ModelProperty, ...]
    additional: ValueType | None
    description: str

    @property
    def properties(self) -> tuple[ModelProperty, ...]:
        """All properties, required ones first."""
        return (*self.required, *self.optional)

    @property
    def is_open(self) -> bool:
        """Whether it takes any further property with any value."""
        return self.additional is not None and value_annotation(self.additional) == "Any"


@frozen
class ChoiceClass:
    """A named choice of the contract between constants."""

    name: str
    values: tuple[str | int, ...]


@frozen
class ModelDeclaration:
    """How a class is written: the base that it inherits from, if any, and the properties that it adds."""

    model: ModelClass
    base: ModelClass | None
    required: tuple[ModelProperty, ...]
    optional: tuple[ModelProperty, ...]


def declare_models(
    models: Sequence[ModelClass], schemas: Mapping[str, dict[str, Any]]
) -> list[ModelDeclaration]:
    """Return the declaration of each class, bases before the classes that inherit from them.

    `schemas` are the schemas of the contract before lowering, by class name: lowered ones have no `allOf`.
    """
    models_by_name = {model.name: model for model in models}
    base_names = {
        name: _find_base_name(model, models_by_name, schemas.get(name, {}))
        for name, model in models_by_name.items()
    }
    declarations: dict[str, ModelDeclaration] = {}
    for name in models_by_name:
        for ancestor_name in reversed(list(_list_ancestors(name, base_names))):
            base = models_by_name.get(base_names[ancestor_name])
            declarations.setdefault(ancestor_name, _declare(models_by_name[ancestor_name], base))
    return list(declarations.values())


def _list_ancestors(name: str, base_names: Mapping[str, str]) -> Iterator[str]:
    """Yield the name of a class and the names of all its bases, the nearest first."""
    while name:
        yield name
        name = base_names[name]


def _find_base_name(
    model: ModelClass, models_by_name: Mapping[str, ModelClass], schema: dict[str, Any]
) -> str:
    """Return the name of the class that `model` can inherit from; empty if there is none.

    A subclass adds optional properties and leaves those that it inherits as they are. It cannot add required
    ones: in attrs, attributes without a default must come first, and the base may have defaults.
    """
    parts = schema.get("allOf", ())
    reference = object_or_empty(parts[0]).get("$ref", "") if len(parts) == 1 else ""
    name = model_class_name(reference.rpartition("/")[2])
    base = models_by_name.get(name)
    if base is None or base is model or not (base.is_open and model.is_open):
        return ""
    keeps_required = _annotations_by_name(model.required) == _annotations_by_name(base.required)
    inherited, optional = _annotations_by_name(base.optional), _annotations_by_name(model.optional)
    return name if keeps_required and inherited.items() <= optional.items() else ""


def _annotations_by_name(properties: Sequence[ModelProperty]) -> dict[str, tuple[str, str]]:
    return {
        model_property.python_name: (model_property.name, value_annotation(model_property.type))
        for model_property in properties
    }


def _declare(model: ModelClass, base: ModelClass | None) -> ModelDeclaration:
    if base is None:
        return ModelDeclaration(model, None, model.required, model.optional)
    inherited_names = {model_property.python_name for model_property in base.optional}
    added = tuple(
        model_property
        for model_property in model.optional
        if model_property.python_name not in inherited_names
    )
    return ModelDeclaration(model, base, (), added)
