"""JSON Schema by the `jsonschema` package; the types of its validators are narrowed in this one place."""

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator


def validator(schema: dict[str, Any]) -> Validator:
    """Return a validator for `schema` by draft 2020-12, the dialect of OpenAPI 3.1."""
    return Draft202012Validator(schema)
