"""Prints values of the runtime's vocabulary as Python source for the constants of the client."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard, cast

# A value whose source is shorter than this is as easy to read as a name for it.
_SHORT = 40


class Name(str):
    """A name in the generated module, printed without quotes."""

    def __repr__(self) -> str:
        return str(self)


class Constant(NamedTuple):
    """A constant of a generated module: its name, the annotation of its type, and its value."""

    name: str
    annotation: str
    value: Any


def source(value: Any) -> str:
    """Return `value` as an expression. Fields that equal their default are left out; sets are sorted."""
    if is_record(value):
        return f"{type(value).__name__}({', '.join(_fields(value))})"
    if isinstance(value, frozenset):
        return f"frozenset({{{_join(sorted(cast('frozenset[str]', value)))}}})" if value else "frozenset()"
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"({_join(items)}{',' if len(items) == 1 else ''})"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in pairs) + "}"
    return repr(value)


def is_record(value: object) -> TypeGuard[Any]:
    """Tell whether a value is one of the runtime's NamedTuples, and not a plain tuple."""
    return isinstance(value, tuple) and hasattr(cast("object", value), "_fields")


def _fields(record: Any) -> Iterator[str]:
    defaults = record._field_defaults
    for name in record._fields:
        item = getattr(record, name)
        if name not in defaults or defaults[name] != item:
            yield f"{name}={source(item)}"


def _join(values: Iterable[object]) -> str:
    return ", ".join(map(source, values))


def share_parts(calls: Iterable[Constant], shared: Mapping[str, str]) -> Iterator[Constant]:
    """Let constants refer to a part that an earlier one has: `bodies=RAW.bodies`.

    `shared` maps the source of a part to the expression that refers to it.
    """
    expressions = dict(shared)
    for call in calls:
        references: dict[str, object] = {}
        for part in ("bodies", "readings", "argument_groups"):
            text = source(getattr(call.value, part))
            if len(text) < _SHORT:
                continue
            if text in expressions:
                references[part] = Name(expressions[text])
            expressions.setdefault(text, f"{call.name}.{part}")
        yield call._replace(value=call.value._replace(**references))


def vocabulary(value: Any) -> set[str]:
    """Return the names of the runtime's vocabulary that `source(value)` needs to have imported."""
    if is_record(value):
        return {type(value).__name__} | vocabulary(tuple(value))
    if isinstance(value, Mapping):
        return vocabulary(tuple(cast("Mapping[object, object]", value).values()))
    if isinstance(value, tuple | list | frozenset):
        return set[str]().union(*map(vocabulary, cast("Iterable[object]", value)))
    return set()
