"""Which arguments of a method need or exclude each other, for the runtime to check before it sends."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..loading.document import Document
from ..runtime.contract import ArgumentGroup
from .calls import is_nullable
from .operations import Variant
from .sdk import MethodSpec

_Choices = tuple[tuple[str, ...], ...]


def required(document: Document, variants: list[Variant]) -> Iterator[str]:
    """What every variant requires. The signature does so already, but lets None through to be left out."""
    for name in sorted(_common(variants)) if variants else ():
        schemas = [variant.schema.get("properties", {}).get(name, {}) for variant in variants]
        if not any(schema.get("readOnly") or is_nullable(document, schema) for schema in schemas):
            yield name


def needs(spec: MethodSpec, variants: list[Variant]) -> tuple[ArgumentGroup, ...]:
    """What a call must satisfy whichever variant it sends: what the schemas say, and what `x-sdk` adds."""
    found = _of_schemas(variants)
    for names in spec.exclusive:
        choices: _Choices = tuple((name,) for name in names)
        same = next((need for need in found if set(need.choices) == set(choices)), None)
        if same is None:
            found.append(ArgumentGroup(choices, required=False, exclusive=True))
        else:
            found[found.index(same)] = same._replace(exclusive=True)
    return tuple(found)


def _of_schemas(variants: list[Variant]) -> list[ArgumentGroup]:
    """One variant's groups as they are; of several, what satisfies any of them."""
    if len(variants) == 1:
        groups = variants[0].schema.get("x-lowered-groups", ())
        return [ArgumentGroup(_choices(group), exclusive=group["kind"] == "oneOf") for group in groups]
    ways: dict[tuple[str, ...], None] = {}
    for variant in variants:
        own = _ways(variant, _common(variants))
        if own is None:
            return []
        ways.update(dict.fromkeys(own))
    return [ArgumentGroup(tuple(ways))] if ways else []


def _ways(variant: Variant, common: set[str]) -> Iterable[tuple[str, ...]] | None:
    """The members by which this variant is met; None if any call meets it, or no list can say how."""
    groups = variant.schema.get("x-lowered-groups", ())
    own = tuple(name for name in variant.schema.get("required", ()) if name not in common)
    if len(groups) > 1 or (groups and own) or not (groups or own):
        return None
    return _choices(groups[0]) if groups else (own,)


def _common(variants: list[Variant]) -> set[str]:
    """What every variant requires, which the signature does already."""
    return set[str].intersection(*(set(variant.schema.get("required", ())) for variant in variants))


def _choices(group: dict[str, Any]) -> _Choices:
    return tuple(tuple(members) for members in group["members"])
