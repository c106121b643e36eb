"""The bases of generated models: attrs classes, read from JSON and written to it as their annotations say.

A model names its members once, as attributes. How each is read is derived from its type when the class is
first used, so that importing a model costs no more than making the class.
"""

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, Self, Union, get_args, get_origin, get_type_hints

from attrs import define, field, fields

from ..unset import UNSET, Unset
from . import codec
from .codec import DecodeError, Decoder

_PLAIN: Mapping[object, Decoder] = {
    Any: codec.anything,
    str: codec.string,
    float: codec.number,
    int: codec.integer,
    bool: codec.boolean,
    None: codec.null,
    type(None): codec.null,
}


class ClosedObject:
    """An object of the contract that has no members but its own."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object, without what was not set. Files stay files."""
        kind: Any = type(self)
        members: dict[str, Any] = dict(getattr(self, "additional_properties", ()))
        members |= {member.name: getattr(self, member.attribute) for member in _members(kind)}
        found: dict[str, Any] = codec.to_json(members)
        return found

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object. Raises DecodeError, a ValueError, where it does not fit."""
        kind: Any = cls
        own: dict[str, Any] = {}
        for name, attribute, required, decode in _members(kind):
            if name in src_dict:
                own[attribute] = codec.at(name, decode, src_dict[name])
            elif required:
                raise DecodeError("is missing", f"/{name}")
        return cls(**own)


@define
class OpenObject(ClosedObject):
    """An object of the contract whose other members are kept in `additional_properties`."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object. Raises DecodeError, a ValueError, where it does not fit."""
        kind: Any = cls
        found = super().from_dict(src_dict)
        known, decode = {member.name for member in _members(kind)}, _decoder_of_rest(kind)
        found.additional_properties = {
            name: codec.at(name, decode, value) for name, value in src_dict.items() if name not in known
        }
        return found


class _Member(NamedTuple):
    name: str
    attribute: str
    required: bool
    decode: Decoder


@cache
def _types(model: type) -> Mapping[str, Any]:
    """Return the type of each attribute; names are looked up in the modules of the model and of its bases."""
    return get_type_hints(model)


@cache
def _members(kind: Any) -> tuple[_Member, ...]:
    return tuple(
        _Member(
            one.metadata.get("name", one.name),
            one.name,
            one.default is not UNSET,
            decoder_of(_types(kind)[one.name]),
        )
        for one in fields(kind)
        if one.init
    )


@cache
def _decoder_of_rest(kind: Any) -> Decoder:
    given = fields(kind).additional_properties
    return codec.anything if given.inherited else decoder_of(get_args(_types(kind)[given.name])[1])


def decoder_of(kind: Any) -> Decoder:
    """How values of a type are read; of a union what the first fitting alternative makes of them."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return codec.literal(*parts)
    if origin is list:
        return codec.array(decoder_of(parts[0]))
    if origin not in (Union, types.UnionType):
        return codec.model(kind) if hasattr(kind, "from_dict") else codec.parsed(kind)
    if bytes in parts:  # files, of which JSON has none
        return codec.anything
    decoders = [decoder_of(part) for part in parts if part is not Unset]
    return decoders[0] if len(decoders) == 1 else codec.one_of(*decoders)
