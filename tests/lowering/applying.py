"""Applying one lowering to a small document."""

import copy
from typing import Any

from generator.lowering import Lowering

STRING = {"type": "string"}
REF_A = {"$ref": "#/components/schemas/A"}
REF_B = {"$ref": "#/components/schemas/B"}


def apply(lowering: Lowering, document: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a lowered copy of a document, and the pointers of what changed."""
    lowered: dict[str, Any] = copy.deepcopy({"openapi": "3.1.0", "paths": {}, **document})
    pointers = list(lowering(lowered))
    return lowered, pointers


def apply_to_schema(lowering: Lowering, schema: Any) -> tuple[Any, list[str]]:
    """Return the lowered component `S`, and the pointers of what changed."""
    lowered, pointers = apply(lowering, {"components": {"schemas": {"S": schema}}})
    return lowered["components"]["schemas"]["S"], pointers
