"""Which arguments of a method need or exclude each other, for the runtime to check before it sends."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..loading.document import Document
from ..loading.json_data import follow_reference, is_object
from ..runtime.contract import ArgumentGroup
from .bodies import is_nullable
from .operations import Variant
from .sdk import MethodSpec

# JSON Schema Validation 2020-12, section 7.3.5.
_URL_FORMATS = ("uri", "uri-reference", "iri", "iri-reference")

_Choices = tuple[tuple[str, ...], ...]


def list_required_properties(document: Document, variants: list[Variant]) -> Iterator[str]:
    """Yield the properties that every variant requires and that no variant lets be null.

    The signature requires them as well. It cannot stop a caller who passes None, which leaves an argument
    out.
    """
    for name in sorted(_find_required_names(variants)) if variants else ():
        schemas = [variant.schema.get("properties", {}).get(name, {}) for variant in variants]
        if not any(schema.get("readOnly") or is_nullable(document, schema) for schema in schemas):
            yield name


def list_url_properties(document: Document, variants: list[Variant]) -> tuple[str, ...]:
    """Return the properties that take the URL of something, as far as a contract shows it.

    That is a string whose `format` is a URI, whose name ends in `url` or `uri`, or whose description has one
    of these words.
    """
    names: dict[str, None] = {}
    for variant in variants:
        for name, value in variant.schema.get("properties", {}).items():
            schema = follow_reference(document.data, value)
            if is_object(schema) and schema.get("type") == "string" and _is_url(name, schema):
                names[name] = None
    return tuple(names)


def _is_url(name: str, schema: dict[str, Any]) -> bool:
    if "contentMediaType" in schema or schema.get("format") == "binary":
        return False
    is_named = re.search(r"(^|_)ur[li]$|[a-z]Ur[li]$", name) is not None
    is_described = re.search(r"\bUR[LI]\b", schema.get("description", "")) is not None
    return is_named or is_described or schema.get("format") in _URL_FORMATS


def list_argument_groups(method: MethodSpec, variants: list[Variant]) -> tuple[ArgumentGroup, ...]:
    """Return the groups of arguments that every call must satisfy, from the schemas and from `x-sdk`."""
    groups = _list_schema_groups(variants)
    for names in method.exclusive:
        choices: _Choices = tuple((name,) for name in names)
        for index, group in enumerate(groups):
            if set(group.choices) == set(choices):
                groups[index] = group._replace(exclusive=True)
                break
        else:
            groups.append(ArgumentGroup(choices, required=False, exclusive=True))
    return tuple(groups)


def _list_schema_groups(variants: list[Variant]) -> list[ArgumentGroup]:
    """Return the groups of a single variant.

    For several variants, return one group whose choices each satisfy a variant.
    """
    if len(variants) == 1:
        lowered_groups = variants[0].schema.get("x-lowered-groups", ())
        return [
            ArgumentGroup(_list_choices(group), exclusive=group["kind"] == "oneOf")
            for group in lowered_groups
        ]
    choices: dict[tuple[str, ...], None] = {}
    for variant in variants:
        variant_choices = _list_variant_choices(variant, _find_required_names(variants))
        if variant_choices is None:
            return []
        choices.update(dict.fromkeys(variant_choices))
    return [ArgumentGroup(tuple(choices))] if choices else []


def _list_variant_choices(variant: Variant, common_names: set[str]) -> Iterable[tuple[str, ...]] | None:
    """Return the choices of properties that satisfy a variant.

    None if every call satisfies it, or if the condition is not a list of choices.
    """
    groups = variant.schema.get("x-lowered-groups", ())
    special_names = tuple(name for name in variant.schema.get("required", ()) if name not in common_names)
    if len(groups) > 1 or (groups and special_names) or not (groups or special_names):
        return None
    return _list_choices(groups[0]) if groups else (special_names,)


def _find_required_names(variants: list[Variant]) -> set[str]:
    """Return the properties that every variant requires."""
    return set[str].intersection(*(set(variant.schema.get("required", ())) for variant in variants))


def _list_choices(group: dict[str, Any]) -> _Choices:
    return tuple(tuple(names) for names in group["choices"])
