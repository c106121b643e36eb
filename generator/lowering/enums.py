"""An enum is a union of constants, but for a component of plain strings or integers, which keeps its name.

The tool makes a class of every enum: names of classes clash, names of members clash (`A` and `a`), values of
two types are refused, and so are numbers and booleans.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import is_list
from ..loading.schemas import walk_schemas

_COMPONENTS = "/components/schemas/"


def spell_out_enums(document: dict[str, Any]) -> Iterator[str]:
    """Replace `enum` by `oneOf` constants, and constants that no type can name by their values' type."""
    for pointer, schema in walk_schemas(document):
        values = schema.get("enum")
        if values is not None and not _keeps_its_name(pointer, values):
            del schema["enum"]
            kinds = schema.pop("type", None)
            alternatives = [_constant(value) for value in unique(values)]
            schema.update(alternatives[0] if len(alternatives) == 1 else {"oneOf": alternatives})
            if kinds is not None:
                schema["x-lowered-type"] = kinds
            yield f"{pointer}/enum"
        elif "const" in schema and type(schema["const"]) not in (str, int, bool):
            schema.update(_constant(schema.pop("const")))
            yield f"{pointer}/const"


def _keeps_its_name(pointer: str, values: list[object]) -> bool:
    is_component = pointer.startswith(_COMPONENTS) and "/" not in pointer.removeprefix(_COMPONENTS)
    return is_component and len({type(value) for value in values}) == 1 and type(values[0]) in (str, int)


def unique(values: list[object]) -> list[object]:
    """Values without repeats, in order; 1 is not true, so values of two types are two."""
    return list({(type(value).__name__, repr(value)): value for value in values}.values())


def _constant(value: object) -> dict[str, Any]:
    """A schema of one value; numbers with fractions, lists and objects are no Literal (PEP 586)."""
    if value is None:
        return {"type": "null"}
    if isinstance(value, str | int):
        return {"const": value}
    if is_list(value):
        return {"type": "array", "items": {}}
    return {"type": "number" if isinstance(value, float) else "object"}
