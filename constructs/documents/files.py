"""Which properties of a form stand for files."""

from collections.abc import Iterator

from generator.loading.json_data import Json, is_list, is_object, list_or_empty, object_or_empty

from .. import values
from .contract import Contract

_UNIONS = ("allOf", "oneOf", "anyOf")
# References may lead in circles.
_MAX_DEPTH = 8


def mark_files(contract: Contract, schema: Json, sample: Json) -> Json:
    """Return the sample of a form in which each property of raw bytes stands for a file."""
    if not is_object(sample):
        return sample
    marked = dict(sample)
    for part in _list_parts(contract, schema, 0):
        for name, property_schema in object_or_empty(part.get("properties")).items():
            if name in sample:
                marked[name] = _mark(contract, property_schema, marked[name])
    return marked


def _mark(contract: Contract, schema: Json, value: Json) -> Json:
    parts = list(_list_parts(contract, schema, 0))
    if isinstance(value, str) and any(part.get("format") == "binary" for part in parts):
        return {values.FILE: "text"}
    if is_list(value):
        item_schemas = [part["items"] for part in parts if "items" in part]
        for item_schema in item_schemas:
            marked = [_mark(contract, item_schema, item) for item in value]
            if marked != value:
                return marked
    return value


def _list_parts(contract: Contract, schema: Json, depth: int) -> Iterator[dict[str, Json]]:
    """Yield a schema and the schemas that it is made of, references followed."""
    target = contract.follow(object_or_empty(schema))
    yield target
    if depth < _MAX_DEPTH:
        for keyword in _UNIONS:
            for part in list_or_empty(target.get(keyword)):
                yield from _list_parts(contract, part, depth + 1)
