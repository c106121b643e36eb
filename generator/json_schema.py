"""JSON Schema, by the `jsonschema` package: one seam, so that its types are narrowed in one place."""

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator


def validator(schema: dict[str, Any]) -> Validator:
    """A validator for `schema` by Draft 2020-12, the dialect of OpenAPI 3.1."""
    return Draft202012Validator(schema)
