"""The bases of generated models: attrs classes that are read from JSON and written to it.

A model states its properties once, as annotated attributes. The type of an attribute determines its decoder.
The decoders are made when the class is first used, so that importing a model stays cheap.
"""

import sys
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, Self, Union, cast, get_args, get_origin, get_type_hints

from attrs import Attribute, AttrsInstance, define, field, fields_dict

from ..unset import UNSET, Unset
from . import codec
from .codec import DecodeError, Decoder

_SCALAR_DECODERS: Mapping[object, Decoder] = {
    Any: codec.anything,
    str: codec.string,
    float: codec.number,
    int: codec.integer,
    bool: codec.boolean,
    None: codec.null,
    type(None): codec.null,
}


@define(eq=False)
class ClosedObject:
    """An object of the contract without additional properties.

    A server may send some nevertheless: they are kept, and `to_dict` returns them.
    """

    _undeclared: dict[str, Any] = field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, without what is UNSET. Files stay files."""
        model: type = type(self)
        values: dict[str, Any] = {**self._undeclared, **getattr(self, "additional_properties", {})}
        values |= {each.name: getattr(self, each.attribute) for each in _properties_of(model)}
        json_object: dict[str, Any] = codec.to_json(values)
        return json_object

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object. Raises DecodeError, a ValueError, where it does not fit."""
        model: type = cls
        arguments: dict[str, Any] = {}
        declared_names: set[str] = set()
        decode_inner = codec.inner_decoder()
        for name, attribute, required, decode in _decoding_order(model):
            declared_names.add(name)
            if name in src_dict:
                arguments[attribute] = decode_inner(name, decode, src_dict[name])
            elif required:
                raise DecodeError("is missing", kind="missing").inside(name)
        instance = cls(**arguments)
        instance._undeclared = {name: src_dict[name] for name in src_dict if name not in declared_names}
        return instance


@define
class OpenObject(ClosedObject):
    """An object of the contract that keeps all other properties in `additional_properties`."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object. Raises DecodeError, a ValueError, where it does not fit."""
        model: type = cls
        instance = super().from_dict(src_dict)
        decode, decode_inner = _additional_property_decoder(model), codec.inner_decoder()
        undeclared, instance._undeclared = instance._undeclared, {}
        instance.additional_properties = {
            name: decode_inner(name, decode, value) for name, value in undeclared.items()
        }
        return instance


class Discriminator(NamedTuple):
    """Which classes of a union the value of a property stands for, where no constant of a class says it."""

    property_name: str
    classes: Mapping[str, tuple[type, ...]]

    @property
    def union(self) -> set[type]:
        """All classes that a value stands for."""
        return {model for models in self.classes.values() for model in models}


class _ModelProperty(NamedTuple):
    """A property of a model: its name in JSON, the attribute that holds it, and how it is decoded."""

    name: str
    attribute: str
    required: bool
    decode: Decoder


def _attributes_of(model: type) -> Mapping[str, "Attribute[Any]"]:
    # Every subclass of the two bases is an attrs class. The type of a base cannot express this.
    return fields_dict(cast("type[AttrsInstance]", model))


@cache
def _types_of(model: type) -> Mapping[str, Any]:
    """Return the type of each attribute; names are looked up in the modules of the model and of its bases."""
    return get_type_hints(model)


@cache
def _properties_of(model: type) -> tuple[_ModelProperty, ...]:
    """Return the properties of a model, without `additional_properties`."""
    return tuple(
        _ModelProperty(
            # The metadata has the name in JSON if it differs from the Python name.
            attribute.metadata.get("name", attribute.name),
            attribute.name,
            attribute.default is not UNSET,
            decoder_of(_types_of(model)[attribute.name]),
        )
        for attribute in _attributes_of(model).values()
        if attribute.init
    )


@cache
def _decoding_order(model: type) -> list[_ModelProperty]:
    """Return the properties of a model, constants first: they say whether an object is of this class."""

    def is_no_constant(model_property: _ModelProperty) -> bool:
        python_type = _types_of(model)[model_property.attribute]
        return get_origin(python_type) is not Literal or len(get_args(python_type)) > 1

    return sorted(_properties_of(model), key=is_no_constant)


@cache
def _additional_property_decoder(model: type) -> Decoder:
    """Return the decoder of the values in `additional_properties`, which a model may declare with a type."""
    attribute: Any = _attributes_of(model)["additional_properties"]  # mypy does not know `inherited`
    if attribute.inherited:
        return codec.anything
    _, value_type = get_args(_types_of(model)[attribute.name])
    return decoder_of(value_type)


def decoder_of(python_type: Any) -> Decoder:
    """Return the decoder of a type; of a union, one that takes the alternative that fits best."""
    if python_type in _SCALAR_DECODERS:
        return _SCALAR_DECODERS[python_type]
    origin, arguments = get_origin(python_type), get_args(python_type)
    if origin is Literal:
        return codec.literal(*arguments)
    if origin is list:
        return codec.array(decoder_of(arguments[0]))
    if origin not in (Union, types.UnionType):
        is_model = hasattr(python_type, "from_dict")
        return codec.model(python_type) if is_model else codec.parsed(python_type)
    if bytes in arguments:  # a file, which JSON cannot hold
        return codec.anything
    alternatives = [argument for argument in arguments if argument is not Unset]
    decoders = [decoder_of(alternative) for alternative in alternatives]
    if len(decoders) == 1:
        return decoders[0]
    best_fitting = codec.best_fitting(*decoders, count_undeclared=_count_undeclared)
    discriminators = _discriminators_of(alternatives)
    if not discriminators:
        return best_fitting

    def decode(value: Any) -> Any:
        models = _narrow(value, alternatives, discriminators)
        if not models:
            _check_variant(value, alternatives, discriminators)
            return best_fitting(value)
        return codec.best_fitting(*map(codec.model, models), count_undeclared=_count_undeclared)(value)

    return decode


def _discriminators_of(alternatives: list[Any]) -> list[Discriminator]:
    """Return the discriminators of the contract's unions whose classes are all among the alternatives."""
    models = {alternative for alternative in alternatives if hasattr(alternative, "from_dict")}
    modules = {sys.modules[model.__module__] for model in models}
    return [
        discriminator
        for module in modules
        for discriminator in getattr(module, "DISCRIMINATORS", ())
        if discriminator.union <= models
    ]


def _narrow(value: Any, alternatives: list[Any], discriminators: list[Discriminator]) -> list[Any]:
    """Return the models that the discriminators of an object leave; none if they say nothing.

    A value that stands for no class means a class that no value stands for, such as the base of the others.
    """
    if not isinstance(value, Mapping):
        return []
    models = [alternative for alternative in alternatives if hasattr(alternative, "from_dict")]
    properties = cast("Mapping[str, Any]", value)
    named: set[type] = set(models)
    unnamed: set[type] = set(models)
    for discriminator in discriminators:
        kind = properties.get(discriminator.property_name)
        if isinstance(kind, str) and kind in discriminator.classes:
            named &= set(discriminator.classes[kind])
        unnamed -= discriminator.union
    knows_value = len(named) < len(models)
    return [model for model in models if model in (named if knows_value else unnamed)]


def _check_variant(value: Any, alternatives: list[Any], discriminators: list[Discriminator]) -> None:
    """Raise DecodeError for an object whose discriminator has a value that stands for no class.

    Values that are the names of the classes are those of a contract without a mapping. Services often send
    others, and the properties of an object then say more about its class.
    """
    if not isinstance(value, Mapping) or Any in alternatives:
        return
    properties = cast("Mapping[str, Any]", value)
    models = {alternative for alternative in alternatives if hasattr(alternative, "from_dict")}
    for discriminator in discriminators:
        kind = properties.get(discriminator.property_name)
        is_mapped = any(
            name != model.__name__ for name, classes in discriminator.classes.items() for model in classes
        )
        if isinstance(kind, str) and is_mapped and models == discriminator.union:
            problem = f"expected {' or '.join(map(repr, discriminator.classes))}, not {kind!r}"
            raise DecodeError(problem[: codec.MAX_PROBLEM_LENGTH], kind="variant").inside(
                discriminator.property_name
            )


def _count_undeclared(value: object) -> int:
    """Return how many properties a decoded value holds that no class declares, inner values included."""
    if isinstance(value, ClosedObject):
        model: type = type(value)
        inner_values = [getattr(value, each.attribute) for each in _properties_of(model)]
        additional: dict[str, Any] = getattr(value, "additional_properties", {})
        undeclared = value._undeclared  # pyright: ignore[reportPrivateUsage]  # hidden from callers only
        return len(undeclared) + len(additional) + sum(map(_count_undeclared, inner_values))
    if isinstance(value, list):
        return sum(map(_count_undeclared, cast("list[object]", value)))
    return 0
