"""Python types and decoders for the properties that openapi-python-client parsed."""

from collections.abc import Iterable
from typing import Any

from openapi_python_client.parser.properties import EnumProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

_DECODERS = {
    "StringProperty": "_codec.string",
    "FloatProperty": "_codec.number",
    "IntProperty": "_codec.integer",
    "BooleanProperty": "_codec.boolean",
    "NoneProperty": "_codec.null",
    "DateProperty": "_codec.date",
    "DateTimeProperty": "_codec.date_time",
    "UuidProperty": "_codec.identifier",
}


def argument_type(prop: Any) -> str:
    """The type of a method's argument: generous in what a caller may give.

    A model may also be given as a mapping, a list as any sequence, an enum as one of its values.
    """
    match prop:
        case FileProperty():
            return "FileInput"
        case ListProperty():
            return f"Sequence[{argument_type(prop.inner_property)}]"
        case ModelProperty():
            return f"{prop.class_info.name} | Mapping[str, Any]"
        case EnumProperty():
            values = ", ".join(repr(text(value)) for value in prop.values.values())
            return f"{prop.class_info.name} | Literal[{values}]"
        case UnionProperty():
            return union(argument_type(inner) for inner in prop.inner_properties)
        case _:
            return str(prop.get_type_string(no_optional=True).as_unembedded_code())


def text(value: Any) -> Any:
    """A string of the document, out of the tool's wrapper for strings that must not become code."""
    return value.get_untrusted_value() if hasattr(value, "get_untrusted_value") else value


def union(parts: Iterable[str]) -> str:
    """A union without repeats, in order."""
    return " | ".join(dict.fromkeys(part for text in parts for part in _split(text)))


def _split(text: str) -> list[str]:
    """The members of a union, not those of unions inside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def decoder(prop: Any) -> str:
    """The expression of the `codec` decoder for a property."""
    match prop:
        case ListProperty():
            return f"_codec.array({decoder(prop.inner_property)})"
        case ModelProperty():
            return f"_codec.model({prop.class_info.name})"
        case LiteralEnumProperty():
            return f"_codec.literal({', '.join(repr(text(value)) for value in sorted(prop.values, key=str))})"
        case EnumProperty():
            return f"_codec.enumeration({prop.class_info.name})"
        case ConstProperty():
            return f"_codec.literal({prop.value.python_code.as_unembedded_code()})"
        case UnionProperty():
            return f"_codec.one_of({', '.join(decoder(inner) for inner in prop.inner_properties)})"
        case _:
            return _DECODERS.get(type(prop).__name__, "_codec.anything")
