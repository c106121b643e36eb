"""Makes values that a schema admits: its examples, or the smallest value that its keywords allow."""

import math
from collections.abc import Iterator
from itertools import product
from typing import Any

import rstr

from generator.loading.json_data import (
    Json,
    is_list,
    is_object,
    list_or_empty,
    object_or_empty,
    resolve,
)

from .contract import Contract

# Deeper lists are left empty where they may be, and deeper schemas are not followed.
_MAX_FILLED_DEPTH = 4
_MAX_DEPTH = 12
# Branches of a union that are tried in turn.
_BRANCHES = 3
_TEXTS_BY_FORMAT = {
    "date": "2026-01-02",
    "date-time": "2026-01-02T03:04:05Z",
    "time": "03:04:05Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "a@example.com",
    "uri": "https://example.com/a",
    "url": "https://example.com/a",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "YWJj",
    "duration": "P1D",
}


class NoSampleError(Exception):
    """No value was found that a schema admits."""


def make_sample(contract: Contract, pointer: str) -> Json:
    """Return a value that the schema at a pointer admits. Raises NoSampleError."""
    # A union of objects may need its other branches, or properties that tell them apart.
    attempts = product((False, True), range(_BRANCHES), (True, False))
    for has_all_properties, branch, uses_examples in attempts:
        try:
            maker = _SampleMaker(contract, uses_examples, branch, has_all_properties)
            value = maker.make(contract.schema_at(pointer), 0)
        except (NoSampleError, KeyError, RecursionError):
            continue
        if contract.is_valid(pointer, value):
            return value
    raise NoSampleError(pointer)


class _SampleMaker:
    """Makes values of one kind: with examples or without, of a branch, with all properties or the fewest."""

    def __init__(
        self, contract: Contract, uses_examples: bool, branch: int, has_all_properties: bool
    ) -> None:
        self._contract = contract
        self._uses_examples = uses_examples
        self._branch = branch
        self._has_all_properties = has_all_properties

    def make(self, schema: Json, depth: int) -> Json:
        if schema is False or depth > 2 * _MAX_DEPTH:
            raise NoSampleError
        merged = self._merge(schema)
        if "const" in merged:
            return merged["const"]
        if self._uses_examples:
            if examples := merged.get("examples"):
                return examples[0]
            if "example" in merged:
                return merged["example"]
        if values := merged.get("enum"):
            return next((value for value in values if value is not None), None)
        return self._make_typed(merged, depth)

    def _make_typed(self, schema: dict[str, Json], depth: int) -> Json:
        match _type_of(schema):
            case "object":
                return self._make_object(schema, depth)
            case "array":
                return self._make_list(schema, depth)
            case "string":
                return _make_text(schema)
            case "integer" | "number" as kind:
                return _make_number(schema, kind)
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return "text"

    def _merge(self, schema: Json) -> dict[str, Json]:
        """Return one schema without references, `allOf` and unions: of a union, one branch counts."""
        merged: dict[str, Json] = {}
        for part in self._list_parts(schema, 0):
            for keyword, value in part.items():
                if keyword == "properties":
                    merged["properties"] = _join_properties(merged.get("properties", {}), value)
                elif keyword == "required" and is_list(value):
                    merged["required"] = [*merged.get("required", ()), *value]
                elif keyword in ("minimum", "minLength", "minItems"):
                    merged[keyword] = max(merged.get(keyword, value), value)
                else:
                    merged.setdefault(keyword, value)
        return merged

    def _list_parts(self, schema: Json, depth: int) -> Iterator[dict[str, Json]]:
        if not is_object(schema) or depth > _MAX_DEPTH:
            return
        yield {key: value for key, value in schema.items() if key not in ("$ref", "allOf", "oneOf", "anyOf")}
        if isinstance(reference := schema.get("$ref"), str):
            yield from self._list_parts(resolve(self._contract.data, reference[1:]), depth + 1)
        for part in schema.get("allOf") or ():
            yield from self._list_parts(part, depth + 1)
        for keyword in ("oneOf", "anyOf"):
            branches = [branch for branch in schema.get(keyword) or () if branch != {"type": "null"}]
            if branches:
                yield from self._list_branch(schema, branches[self._branch % len(branches)], depth)

    def _list_branch(self, schema: dict[str, Json], branch: Json, depth: int) -> Iterator[dict[str, Json]]:
        discriminator = object_or_empty(schema.get("discriminator"))
        target = object_or_empty(branch).get("$ref")
        if "propertyName" in discriminator and isinstance(target, str):
            mapping = object_or_empty(discriminator.get("mapping"))
            values = [value for value, mapped in mapping.items() if mapped == target]
            constant = values[0] if values else target.rpartition("/")[2]
            name = discriminator["propertyName"]
            yield {"properties": {name: {"const": constant}}, "required": [name]}
            for part in self._list_parts(branch, depth + 1):
                properties = {key: value for key, value in part.get("properties", {}).items() if key != name}
                yield {**part, "properties": properties}
        else:
            yield from self._list_parts(branch, depth + 1)

    def _make_object(self, schema: dict[str, Json], depth: int) -> dict[str, Json]:
        properties = object_or_empty(schema.get("properties"))
        names: list[str] = [*dict.fromkeys(list_or_empty(schema.get("required")))]
        if self._has_all_properties and depth < _MAX_FILLED_DEPTH:
            names += [name for name in properties if name not in names]
        wanted = max(int(schema.get("minProperties") or 0), 1 if depth == 0 else 0)
        names += [name for name in properties if name not in names][: max(wanted - len(names), 0)]
        additional = schema.get("additionalProperties", True)
        values: dict[str, Json] = {}
        for name in names:
            property_schema = properties.get(name, additional)
            if not _is_read_only(self._merge(property_schema)):
                values[name] = self.make(property_schema, depth + 1)
        for number in range(len(values), wanted):
            if additional is not False:
                values[f"key{number}"] = self.make(additional, depth + 1)
        return values

    def _make_list(self, schema: dict[str, Json], depth: int) -> list[Json]:
        count = int(schema.get("minItems") or 0)
        if depth < _MAX_FILLED_DEPTH:
            count = max(count, min(1, int(schema.get("maxItems", 1))))
        items = [self.make(item, depth + 1) for item in list_or_empty(schema.get("prefixItems"))]
        while len(items) < count:
            items.append(self.make(schema.get("items", {}), depth + 1))
        return items


def _join_properties(first: dict[str, Json], second: dict[str, Json]) -> dict[str, Json]:
    """Return the properties of two parts of one object; where both describe one, both must hold."""
    common = {name: {"allOf": [first[name], second[name]]} for name in first if name in second}
    return {**first, **second, **common}


def _is_read_only(schema: dict[str, Json]) -> bool:
    return schema.get("readOnly") is True


def _type_of(schema: dict[str, Json]) -> str:
    types = schema.get("type")
    if is_list(types):
        types = next((name for name in types if name != "null"), "null")
    if isinstance(types, str):
        return types
    if not schema.keys().isdisjoint(("properties", "additionalProperties", "required", "minProperties")):
        return "object"
    if not schema.keys().isdisjoint(("items", "minItems", "prefixItems")):
        return "array"
    if not schema.keys().isdisjoint(("minimum", "maximum", "multipleOf")):
        return "number"
    return "string" if not schema.keys().isdisjoint(("pattern", "minLength", "format")) else ""


def _make_text(schema: dict[str, Json]) -> str:
    text = _TEXTS_BY_FORMAT.get(str(schema.get("format")), "text")
    if isinstance(pattern := schema.get("pattern"), str):
        try:
            text = rstr.xeger(pattern)
        except Exception as error:  # the library raises whatever its parser of patterns raises
            raise NoSampleError(pattern) from error
        return text
    text = text.ljust(int(schema.get("minLength") or 0), "x")
    return text[: int(schema.get("maxLength", len(text)))]


def _make_number(schema: dict[str, Any], kind: str) -> float:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    step = schema.get("multipleOf", 1)
    value = low if low is not None else min(high, 1) if high is not None else 1
    if value == schema.get("exclusiveMinimum"):
        value += step
    if "multipleOf" in schema:
        value = math.ceil(value / step) * step
    return math.ceil(value) if kind == "integer" else value
