"""Prints plan values as Python source, so that constants in the client are the runtime's own types."""

from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType
from typing import Any, cast

from ..runtime.plan import Plan

# Shorter than this, a value is as plain as its name.
_SHORT = 40


class Name(str):
    """A name in the generated module, printed bare."""

    def __repr__(self) -> str:
        return str(self)


def source(value: Any) -> str:
    """`value` as an expression. Members that equal their default are left out; sets are sorted.

    The first member of a plan says what it is about, and needs no name.
    """
    if isinstance(value, Plan):
        return f"{type(value).__name__}({', '.join(_members(value))})"
    if isinstance(value, FunctionType):
        return value.__name__
    if isinstance(value, frozenset):
        return f"frozenset({{{_list(sorted(cast('frozenset[str]', value)))}}})" if value else "frozenset()"
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"({_list(items)}{',' if len(items) == 1 else ''})"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in pairs) + "}"
    return repr(value)


def _members(plan: Plan) -> Iterator[str]:
    missing = object()
    for place, name in enumerate(type(plan).__annotations__):
        item = getattr(plan, name)
        if getattr(type(plan), name, missing) != item:
            yield f"{name}={source(item)}" if place else source(item)


def _list(values: Iterable[object]) -> str:
    return ", ".join(map(source, values))


def said_once(
    calls: Iterable[tuple[str, str, Plan]], said: Mapping[str, str]
) -> Iterator[tuple[str, str, Plan]]:
    """Constants, by name, type and value, that name what an earlier one has: `bodies=RAW.bodies`.

    `said` is what stands before them: sources, and what they are called.
    """
    known = dict(said)
    for name, annotation, call in calls:
        parts: dict[str, object] = {}
        for field in ("bodies", "readings", "needs"):
            text = source(getattr(call, field))
            if len(text) < _SHORT:
                continue
            if text in known:
                parts[field] = Name(known[text])
            known.setdefault(text, f"{name}.{field}")
        yield name, annotation, call.but(**parts)


def plan_names(value: Any) -> set[tuple[str, str]]:
    """What `source(value)` names of the runtime, to import it: modules and names."""
    if isinstance(value, Plan):
        return {("plan", type(value).__name__)} | plan_names(vars(value))
    if isinstance(value, FunctionType):
        return {(value.__module__.rpartition(".")[2], value.__name__)}
    if isinstance(value, Mapping):
        return plan_names(tuple(cast("Mapping[object, object]", value).values()))
    if isinstance(value, tuple | list | frozenset):
        return set[tuple[str, str]]().union(*map(plan_names, cast("Iterable[object]", value)))
    return set()
