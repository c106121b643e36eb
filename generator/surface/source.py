"""Prints plan values as Python source, so that constants in the client are the runtime's own types."""

from collections.abc import Mapping
from typing import Any


class Name(str):
    """A name in the generated module, printed bare."""

    def __repr__(self) -> str:
        return str(self)


def source(value: Any) -> str:
    """`value` as an expression. Members that equal their default are left out; sets are sorted."""
    if isinstance(value, Name):
        return str(value)
    fields = getattr(value, "_fields", None)
    if fields is not None:
        defaults = value._field_defaults
        parts = [
            f"{name}={source(item)}"
            for name, item in zip(fields, value, strict=True)
            if not (name in defaults and defaults[name] == item)
        ]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, frozenset):
        return (
            f"frozenset({{{', '.join(source(item) for item in sorted(value))}}})" if value else "frozenset()"
        )
    if isinstance(value, tuple):
        return f"({', '.join(source(item) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items()) + "}"
    return repr(value)


def plan_names(value: Any) -> set[str]:
    """The plan types that `source(value)` names, to import them."""
    names: set[str] = set()
    if getattr(value, "_fields", None) is not None:
        names.add(type(value).__name__)
    items = (
        value.values()
        if isinstance(value, Mapping)
        else value
        if isinstance(value, tuple | list | frozenset)
        else ()
    )
    for item in items:
        names |= plan_names(item)
    return names
