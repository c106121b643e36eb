"""A member that is `false` is left out, one that is `true` becomes an open schema: the tool crashes on both.

Only the arguments of a method come from the members, so a forbidden one simply is no argument.
"""

from collections.abc import Iterator
from typing import Any

from ..spec import escape
from .schemas import schemas


def strip_boolean_schemas(document: dict[str, Any]) -> Iterator[str]:
    """Drop `false` members, open `true` ones, wherever schemas are expected."""
    for pointer, schema in schemas(document):
        properties = schema.get("properties", {})
        for name, value in list(properties.items()):
            if isinstance(value, bool):
                if value:
                    properties[name] = {}
                else:
                    del properties[name]
                yield f"{pointer}/properties/{escape(name)}"
        for key in ("items", "not", "contains"):
            if schema.get(key) is True:
                schema[key] = {}
                yield f"{pointer}/{key}"
