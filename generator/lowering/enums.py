"""An enum becomes a union of constants, unless it is a component of plain strings or integers.

The tool makes a class of every enum. The names of such classes clash, and so do the names of their values
(`A` and `a`). The tool refuses enums with values of two types, with fractions or with booleans.
"""

from typing import Any

from ..loading.json_data import ChangedPointers, is_list
from ..loading.schemas import walk_schemas

_COMPONENTS = "/components/schemas/"


def replace_enums_by_constants(document: dict[str, Any]) -> ChangedPointers:
    """Replace `enum` by a union of constants: the tool makes a class of each, and their names clash.

    A constant that no type can name is replaced by the type of its value. `x-lowered-type` keeps the type.
    """
    for pointer, schema in walk_schemas(document):
        values = schema.get("enum")
        if values is not None and not _is_named_enum(pointer, values):
            del schema["enum"]
            types = schema.pop("type", None)
            branches = [_describe_constant(value) for value in _remove_repeats(values)]
            schema.update(branches[0] if len(branches) == 1 else {"oneOf": branches})
            if types is not None:
                schema["x-lowered-type"] = types
            yield f"{pointer}/enum"
        elif "const" in schema and type(schema["const"]) not in (str, int, bool):
            schema.update(_describe_constant(schema.pop("const")))
            yield f"{pointer}/const"


def _is_named_enum(pointer: str, values: list[object]) -> bool:
    """Whether an enum is a component whose values are all strings or all integers."""
    is_component = pointer.startswith(_COMPONENTS) and "/" not in pointer.removeprefix(_COMPONENTS)
    return is_component and len({type(value) for value in values}) == 1 and type(values[0]) in (str, int)


def _remove_repeats(values: list[object]) -> list[object]:
    """Return values without repeats, in order; 1 and true are two values, although equal in Python."""
    return list({(type(value).__name__, repr(value)): value for value in values}.values())


def _describe_constant(value: object) -> dict[str, Any]:
    """Return a schema for one value. Fractions, lists and objects cannot be a Literal (PEP 586)."""
    if value is None:
        return {"type": "null"}
    if isinstance(value, str | int):
        return {"const": value}
    if is_list(value):
        return {"type": "array", "items": {}}
    return {"type": "number" if isinstance(value, float) else "object"}
