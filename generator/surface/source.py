"""Prints plan values as Python source, so that constants in the client are the runtime's own types."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard, cast


class Name(str):
    """A name in the generated module, printed bare."""

    def __repr__(self) -> str:
        return str(self)


def _is_plan(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a value is one of the runtime's named tuples."""
    return isinstance(value, tuple) and hasattr(cast("object", value), "_fields")


def source(value: Any) -> str:
    """`value` as an expression. Members that equal their default are left out; sets are sorted."""
    if _is_plan(value):
        return f"{type(value).__name__}({', '.join(_members(value))})"
    if isinstance(value, frozenset):
        return f"frozenset({{{_list(sorted(cast('frozenset[str]', value)))}}})" if value else "frozenset()"
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"({_list(items)}{',' if len(items) == 1 else ''})"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in pairs) + "}"
    return repr(value)


def _members(plan: Any) -> Iterator[str]:
    defaults: Mapping[str, object] = plan._field_defaults
    for name, item in zip(plan._fields, plan, strict=True):
        if name not in defaults or defaults[name] != item:
            yield f"{name}={source(item)}"


def _list(values: Iterable[object]) -> str:
    return ", ".join(map(source, values))


def plan_names(value: Any) -> set[str]:
    """The plan types that `source(value)` names, to import them."""
    names = {type(value).__name__} if _is_plan(value) else set[str]()
    if isinstance(value, Mapping):
        return plan_names(tuple(cast("Mapping[object, object]", value).values()))
    if isinstance(value, tuple | list | frozenset):
        names = names.union(*map(plan_names, cast("Iterable[object]", value)))
    return names
