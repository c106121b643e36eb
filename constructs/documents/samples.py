"""Makes values that a schema admits: its examples, or the smallest value that its keywords allow."""

import math
import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import rstr
from attrs import define

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
# Branches of a union that are tried in turn, and of all unions of one value: they may be in one another.
_MAX_BRANCHES, _MAX_ATTEMPTS = 40, 400
# Texts of one pattern, which differ in length.
_PATTERN_TEXTS = 20
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


def make_sample(contract: Contract, pointer: str, *, is_answer: bool = False) -> Json:
    """Return a value that the schema at a pointer admits. Raises NoSampleError.

    A request holds nothing that is `readOnly`, and an answer nothing that is `writeOnly`.
    """
    # Branches of a union may need properties that tell them apart, and some have none.
    for takes_any_of, has_all_properties, uses_examples in product(
        (False, True), (False, True), (True, False)
    ):
        maker = _SampleMaker(contract, uses_examples, has_all_properties, is_answer, takes_any_of)
        try:
            value = maker.make(contract.schema_at(pointer), 0)
        except (NoSampleError, KeyError, RecursionError):
            continue
        if contract.is_valid(pointer, value, is_answer=is_answer, takes_any_of=takes_any_of):
            return value
    raise NoSampleError(pointer)


@define
class _SampleMaker:
    """Makes values of one kind: with examples or without, with all properties or the fewest."""

    _contract: Contract
    _uses_examples: bool
    _has_all_properties: bool
    _is_answer: bool
    _takes_any_of: bool
    _attempts: int = 0

    def make(self, schema: Json, depth: int) -> Json:
        if schema is False or depth > 2 * _MAX_DEPTH:
            raise NoSampleError
        count = self._count_branches(schema, 0)
        if not count:
            return self._make_of_branch(schema, 0, depth)
        for branch in range(min(count, _MAX_BRANCHES)):
            self._attempts += 1
            if self._attempts > _MAX_ATTEMPTS:
                raise NoSampleError
            try:
                value = self._make_of_branch(schema, branch, depth)
            except (NoSampleError, KeyError):
                continue
            if self._admits(schema, value):
                return value
        raise NoSampleError

    def _admits(self, schema: Json, value: Json) -> bool:
        return self._contract.admits(
            schema, value, is_answer=self._is_answer, takes_any_of=self._takes_any_of
        )

    def _make_of_branch(self, schema: Json, branch: int, depth: int) -> Json:
        merged = self._merge(schema, branch)
        if "const" in merged:
            return merged["const"]
        if self._uses_examples:
            for example in [*list_or_empty(merged.get("examples")), merged.get("example")]:
                if example is not None and self._admits(schema, example):
                    return example
        if values := merged.get("enum"):
            return next((value for value in values if value is not None), None)
        return self._make_typed(merged, depth)

    def _count_branches(self, schema: Json, depth: int) -> int:
        """Return the number of branches of the largest union of a schema, 0 if it has none."""
        if not is_object(schema) or depth > _MAX_DEPTH:
            return 0
        counts = [len(_list_branches(schema, keyword)) for keyword in ("oneOf", "anyOf")]
        parts = [
            *(schema.get("allOf") or ()),
            *_list_branches(schema, "oneOf"),
            *_list_branches(schema, "anyOf"),
        ]
        if isinstance(reference := schema.get("$ref"), str):
            parts.append(resolve(self._contract.data, reference[1:]))
        return max([*counts, *(self._count_branches(part, depth + 1) for part in parts)])

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

    def _merge(self, schema: Json, chosen: int) -> dict[str, Json]:
        """Return one schema without references, `allOf` and unions: of a union, one branch counts."""
        merged: dict[str, Json] = {}
        for part in self._list_parts(schema, chosen, 0):
            for keyword, value in part.items():
                if keyword == "properties":
                    merged["properties"] = _join_properties(merged.get("properties", {}), value)
                elif keyword == "items" and "items" in merged:
                    merged["items"] = {"allOf": [merged["items"], value]}
                elif keyword == "required" and is_list(value):
                    merged["required"] = [*merged.get("required", ()), *value]
                elif keyword in ("minimum", "minLength", "minItems"):
                    merged[keyword] = max(merged.get(keyword, value), value)
                elif keyword in ("maximum", "maxLength", "maxItems"):
                    merged[keyword] = min(merged.get(keyword, value), value)
                else:
                    merged.setdefault(keyword, value)
        return merged

    def _list_parts(self, schema: Json, chosen: int, depth: int) -> Iterator[dict[str, Json]]:
        if not is_object(schema) or depth > _MAX_DEPTH:
            return
        yield {key: value for key, value in schema.items() if key not in ("$ref", "allOf", "oneOf", "anyOf")}
        if isinstance(reference := schema.get("$ref"), str):
            yield from self._list_parts(resolve(self._contract.data, reference[1:]), chosen, depth + 1)
        for part in schema.get("allOf") or ():
            yield from self._list_parts(part, chosen, depth + 1)
        for keyword in ("oneOf", "anyOf"):
            if branches := _list_branches(schema, keyword):
                yield from self._list_branch(schema, branches[chosen % len(branches)], chosen, depth)

    def _list_branch(
        self, schema: dict[str, Json], branch: Json, chosen: int, depth: int
    ) -> Iterator[dict[str, Json]]:
        discriminator = object_or_empty(schema.get("discriminator"))
        target = object_or_empty(branch).get("$ref")
        if "propertyName" in discriminator and isinstance(target, str):
            mapping = object_or_empty(discriminator.get("mapping"))
            values = [value for value, mapped in mapping.items() if mapped == target]
            constant = values[0] if values else target.rpartition("/")[2]
            name = discriminator["propertyName"]
            yield {"properties": {name: {"const": constant}}, "required": [name]}
            for part in self._list_parts(branch, chosen, depth + 1):
                properties = {key: value for key, value in part.get("properties", {}).items() if key != name}
                yield {**part, "properties": properties}
        else:
            yield from self._list_parts(branch, chosen, depth + 1)

    def _make_object(self, schema: dict[str, Json], depth: int) -> dict[str, Json]:
        properties = object_or_empty(schema.get("properties"))
        names: list[str] = [*dict.fromkeys(list_or_empty(schema.get("required")))]
        if self._has_all_properties and depth < _MAX_FILLED_DEPTH:
            names += [name for name in properties if name not in names]
        wanted = max(int(schema.get("minProperties") or 0), 1 if depth == 0 else 0)
        names += [name for name in properties if name not in names][: max(wanted - len(names), 0)]
        additional = schema.get("additionalProperties", True)
        left_out = "writeOnly" if self._is_answer else "readOnly"
        values: dict[str, Json] = {}
        for name in names:
            property_schema = properties.get(name, additional)
            if self._merge(property_schema, 0).get(left_out) is not True:
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


def _list_branches(schema: dict[str, Json], keyword: str) -> list[Json]:
    return [branch for branch in schema.get(keyword) or () if branch != {"type": "null"}]


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
        return _make_matching_text(schema, pattern)
    text = text.ljust(int(schema.get("minLength") or 0), "x")
    return text[: int(schema.get("maxLength", len(text)))]


def _make_matching_text(schema: dict[str, Json], pattern: str) -> str:
    """Return a text of a pattern, the shortest of several where there is a `maxLength`."""
    maker = rstr.Rstr(random.Random(0))  # the same texts in every run
    try:
        texts = [maker.xeger(pattern) for _ in range(_PATTERN_TEXTS)]
    except Exception as error:  # the library raises whatever its parser of patterns raises
        raise NoSampleError(pattern) from error
    fitting = [text for text in texts if len(text) >= int(schema.get("minLength") or 0)]
    return min(fitting or texts, key=len)


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
