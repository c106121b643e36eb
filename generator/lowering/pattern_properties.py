"""Properties without fixed names: `patternProperties` and `unevaluatedProperties`.

The tool knows only `additionalProperties`. Both keywords stay where they are, for the docstring.
"""

from typing import Any

from ..loading.json_data import ChangedPointers, is_object
from ..loading.schemas import walk_schemas

# Keywords whose subschemas may evaluate properties (JSON Schema 2020-12, core 11.3). `allOf` is merged before
# this lowering.
_EVALUATING_KEYWORDS = {"anyOf", "oneOf", "if", "dependentSchemas", "$ref", "patternProperties"}


def allow_pattern_properties(document: dict[str, Any]) -> ChangedPointers:
    """Restate pattern and unevaluated properties as `additionalProperties`: the tool knows only that."""
    for pointer, schema in walk_schemas(document):
        patterns = schema.get("patternProperties")
        if patterns and "additionalProperties" in schema:
            schema["additionalProperties"] = _union_of([*patterns.values(), schema["additionalProperties"]])
            yield f"{pointer}/patternProperties"
        elif "unevaluatedProperties" in schema and not schema.keys() & _EVALUATING_KEYWORDS:
            schema.setdefault("additionalProperties", schema["unevaluatedProperties"])
            yield f"{pointer}/unevaluatedProperties"


def _union_of(schemas: list[Any]) -> Any:
    """Return a schema that admits every value that at least one of the schemas admits."""
    if True in schemas or {} in schemas:
        return True
    object_schemas = [schema for schema in schemas if is_object(schema)]
    if not object_schemas:  # all of them are `false`
        return False
    return {"anyOf": object_schemas} if len(object_schemas) > 1 else object_schemas[0]
