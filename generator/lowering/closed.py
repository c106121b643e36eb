"""Members that a model does not name: what `patternProperties` and `unevaluatedProperties` say of them.

The tool knows `additionalProperties` alone. Both stay where they are, for the docstring.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import is_object
from ..loading.schemas import walk_schemas


def open_patterns(document: dict[str, Any]) -> Iterator[str]:
    """Say in `additionalProperties` what members without a name may be."""
    for pointer, schema in walk_schemas(document):
        patterns = schema.get("patternProperties")
        if patterns and "additionalProperties" in schema:
            schema["additionalProperties"] = _either([*patterns.values(), schema["additionalProperties"]])
            yield f"{pointer}/patternProperties"
        elif "unevaluatedProperties" in schema and _evaluates_nothing_else(schema):
            schema.setdefault("additionalProperties", schema["unevaluatedProperties"])
            yield f"{pointer}/unevaluatedProperties"


def _evaluates_nothing_else(schema: dict[str, Any]) -> bool:
    """Whether no other subschema could evaluate members (`allOf` is merged by now)."""
    return not schema.keys() & {"anyOf", "oneOf", "if", "dependentSchemas", "$ref", "patternProperties"}


def _either(found: list[Any]) -> Any:
    """What any of several schemas admits."""
    if True in found or {} in found:
        return True
    some = [one for one in found if is_object(one)]
    return {"anyOf": some} if len(some) > 1 else some[0] if some else False
