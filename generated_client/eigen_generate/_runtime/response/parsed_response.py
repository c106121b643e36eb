"""A successful response with its JSON, parsed once for all the ways to read it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, cast

from ..contract import Fields, Operation, Property
from ..meta import Meta
from ..unset import UNSET, Unset
from . import media_types
from .json_pointer import resolve
from .results import RawResponse

# The JSON type of Python's values; every other value is an array, an object or null.
_JSON_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "number", float: "number"}


class CannotRead(Exception):  # noqa: N818 - never leaves this room
    """A reading does not fit the response; the text says why, for a person."""


class ParsedResponse(NamedTuple):
    """A response with its JSON in `data`, UNSET if it is not JSON.

    `fields` are the request's arguments. `documented_types` are the media types of the contract. `drift`
    collects differences from the contract that do not harm the result.
    """

    raw: RawResponse
    data: object | Unset
    fields: Fields
    documented_types: tuple[str, ...]
    drift: list[str]

    @property
    def properties(self) -> Fields:
        """The properties of the JSON object; empty if the response is not a JSON object."""
        return cast("Fields", self.data) if isinstance(self.data, dict) else {}

    def meta(self, properties: tuple[Property, ...]) -> Meta:
        """Return the Meta of the response with all drift, that of `properties` and of `raw` included."""
        meta, media_type = self.raw.meta, self.raw.media_type
        drift = [*self.drift, *(_drift_of(self.data, property_) for property_ in properties)]
        if not media_type:
            drift.append("the response has no Content-Type")
        elif "*/*" not in self.documented_types and not media_types.matches(
            media_type, self.documented_types
        ):
            drift.append(f"the contract does not define {media_type}")
        return meta._replace(drift=(*filter(None, drift), *meta.drift))


def parse_response(operation: Operation, raw: RawResponse, fields: Fields) -> ParsedResponse:
    """Parse the JSON of a response, if it is JSON by its Content-Type, or without one by its first byte."""
    return ParsedResponse(raw, _json_of(raw), fields, _documented_types(operation.accept), [])


# Without the cache this takes a fifteenth of a call in memory, each time for the same few operations.
@lru_cache(maxsize=64)
def _documented_types(accept: str) -> tuple[str, ...]:
    return tuple(map(media_types.essence, accept.split(",")))


def _json_of(raw: RawResponse) -> object | Unset:
    looks_like_json = not raw.media_type and raw.content[:1] in (b"{", b"[", b'"')
    if not (looks_like_json or media_types.is_json(raw.media_type)):
        return UNSET
    try:
        return cast("object", raw.json())
    except ValueError:
        return UNSET


def _drift_of(data: object, property_: Property) -> str:
    """Return how a property differs from its type; empty if it does not, or is missing or null."""
    value = UNSET if data is UNSET else resolve(data, property_.pointer)
    if value is UNSET or value is None:
        return ""
    json_type = _JSON_TYPES.get(type(value), "array" if isinstance(value, list) else "object")
    if json_type == property_.type:
        return ""
    article = "an" if json_type in ("array", "object") else "a"
    return f"{property_.pointer}: expected a {property_.type}, not {article} {json_type}"
