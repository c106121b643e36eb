"""A member that is `false` is left out, one that is `true` becomes an open schema: the tool crashes on both.

Only the arguments of a method come from the members, so a forbidden one simply is no argument.
"""

from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..spec import as_object, escape
from .schemas import holders, schemas


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


def open_boolean_contents(document: dict[str, Any]) -> Iterator[str]:
    """Open what is `true` as a whole: a component, or the schema of a body, a parameter or an answer.

    Raises GeneratorError for `false`, which nothing can satisfy.
    """
    components = as_object(as_object(document.get("components")).get("schemas"))
    places = [("/components/schemas", components, name) for name in components]
    places += [(pointer, holder, "schema") for pointer, holder in holders(document)]
    for pointer, holder, key in places:
        if isinstance(holder[key], bool):
            at = f"{pointer}/{escape(key)}"
            if not holder[key]:
                raise GeneratorError("`false` admits nothing", pointer=at, hint="take out what it describes")
            holder[key] = {}
            yield at
