"""Narrows decoded JSON, whose type is unknown, to the shape that is asked for."""

from collections.abc import Iterable, Mapping
from typing import Any, cast


def members(value: Any) -> dict[str, Any]:
    """Return the members of a JSON object; none if the value is no object."""
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def items(value: Any) -> list[Any]:
    """Return the items of a JSON array; none if the value is no array."""
    return [*cast("Iterable[Any]", value)] if isinstance(value, list) else []
