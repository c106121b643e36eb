"""Prints values of the runtime's vocabulary as Python source for the constants of the client."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard, cast

from attrs import evolve

from ..model.calls import CallConstant, OperationCalls
from ..model.generated_name import GeneratedName

# In characters. A shorter source is as easy to read as a name for it.
_MIN_SHARED_LENGTH = 40


def source(value: Any) -> str:
    """Return `value` as an expression. Fields that equal their default are left out; sets are sorted."""
    if is_named_tuple(value):
        return f"{type(value).__name__}({', '.join(_list_field_sources(value))})"
    if isinstance(value, frozenset):
        return f"frozenset({{{_join(sorted(cast('frozenset[str]', value)))}}})" if value else "frozenset()"
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return f"({_join(items)}{',' if len(items) == 1 else ''})"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in pairs) + "}"
    return repr(value)


def is_named_tuple(value: object) -> TypeGuard[Any]:
    """Whether a value is one of the runtime's NamedTuples, and not a plain tuple."""
    return isinstance(value, tuple) and hasattr(cast("object", value), "_fields")


def _list_field_sources(record: Any) -> Iterator[str]:
    defaults = record._field_defaults
    for name in record._fields:
        field_value = getattr(record, name)
        if name not in defaults or defaults[name] != field_value:
            yield f"{name}={source(field_value)}"


def _join(values: Iterable[object]) -> str:
    return ", ".join(map(source, values))


def share_parts(operation_calls: OperationCalls) -> OperationCalls:
    """Let each call refer to equal parts of `RAW` or of earlier calls of the module: `bodies=RAW.bodies`."""
    expressions_by_source = {source(operation_calls.bodies): "RAW.bodies"}
    calls = [_share_call_parts(call, expressions_by_source) for call in operation_calls.calls]
    return evolve(operation_calls, calls=tuple(calls))


def _share_call_parts(constant: CallConstant, expressions_by_source: dict[str, str]) -> CallConstant:
    """Return a call that refers to equal long parts of earlier calls by name.

    Adds the names of its own parts to `expressions_by_source`.
    """
    references: dict[str, Any] = {}
    for part in ("bodies", "readings", "argument_groups"):
        part_source = source(getattr(constant.call, part))
        if len(part_source) < _MIN_SHARED_LENGTH:
            continue
        if part_source in expressions_by_source:
            references[part] = GeneratedName(expressions_by_source[part_source])
        expressions_by_source.setdefault(part_source, f"{constant.name}.{part}")
    return evolve(constant, call=constant.call._replace(**references))


def vocabulary(value: Any) -> set[str]:
    """Return the names of the runtime's vocabulary that `source(value)` needs to have imported."""
    if is_named_tuple(value):
        return {type(value).__name__} | vocabulary(tuple(value))
    if isinstance(value, Mapping):
        return vocabulary(tuple(cast("Mapping[object, object]", value).values()))
    if isinstance(value, tuple | list | frozenset):
        return set[str]().union(*map(vocabulary, cast("Iterable[object]", value)))
    return set()
