"""Python types for the properties that openapi-python-client parsed.

Types are put together from alternatives, never by cutting strings: a constant of the contract may hold any
text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

_PLAIN = {
    "StringProperty": "str",
    "FloatProperty": "float",
    "IntProperty": "int",
    "BooleanProperty": "bool",
    "NoneProperty": "None",
    "DateProperty": "datetime.date",
    "DateTimeProperty": "datetime.datetime",
    "UuidProperty": "UUID",
    "AnyProperty": "Any",
}


@frozen
class Constant:
    """One value as an alternative of a type: a string, an integer or a boolean."""

    value: Any


Alternative = str | Constant


def value_type(prop: Any) -> str:
    """The type of a value as models hold it."""
    return union(alternatives(prop))


def argument_type(prop: Any) -> str:
    """The type of a method's argument: generous in what a caller may give.

    A model may also be given as a mapping, a list as any sequence.
    """
    return union(alternatives(prop, generous=True))


def alternatives(prop: Any, *, generous: bool = False) -> Iterator[Alternative]:
    """The alternatives of a property's type, in the contract's order."""
    match prop:
        case FileProperty():
            yield "FileInput" if generous else "File"
        case ListProperty():
            inner = union(alternatives(prop.inner_property, generous=generous))
            yield f"{'Sequence' if generous else 'list'}[{inner}]"
        case ModelProperty():
            yield str(prop.class_info.name)
            if generous:
                yield "Mapping[str, Any]"
        case LiteralEnumProperty():
            yield str(prop.class_info.name)
        case ConstProperty():
            yield Constant(text(prop.value.raw_value))
        case UnionProperty():
            for one in prop.inner_properties:
                yield from alternatives(one, generous=generous)
        case _:
            yield _PLAIN[type(prop).__name__]


def classes(prop: Any) -> set[str]:
    """The classes of the contract that a property's type names."""
    match prop:
        case ListProperty():
            return classes(prop.inner_property)
        case ModelProperty() | LiteralEnumProperty():
            return {str(prop.class_info.name)}
        case UnionProperty():
            return set[str]().union(*map(classes, prop.inner_properties))
        case _:
            return set()


def text(value: Any) -> Any:
    """A string of the document, out of the tool's wrapper for strings that must not become code."""
    return value.get_untrusted_value() if hasattr(value, "get_untrusted_value") else value


def union(found: Iterable[Alternative]) -> str:
    """A union without repeats, in order: constants together where the first stood, None last."""
    unique = list(dict.fromkeys(_typed(one) for one in found))
    constants = [one for _, one in unique if isinstance(one, Constant)]
    names: list[str] = []
    for _, one in unique:
        name = f"Literal[{', '.join(repr(constant.value) for constant in constants)}]"
        if not isinstance(one, Constant):
            name = one
        if name not in names:
            names.append(name)
    return " | ".join(sorted(names, key=lambda name: name == "None"))


def _typed(one: Alternative) -> tuple[str, Alternative]:
    """An alternative that equals another only if both are of one type: 1 is not True."""
    return (type(one.value).__name__ if isinstance(one, Constant) else "", one)
