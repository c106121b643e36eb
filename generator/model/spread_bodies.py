"""Which bodies a method takes property by property, where `x-sdk` names no variants.

A body is spread into keyword arguments if it can only be an object with properties: one schema, the same in
each media type, which are JSON and forms. Callers then write `create(name="Rex")`, and `extra=` adds
properties that the contract does not name. A union, a list, a file, a text or a map of any names is the
argument `body`, and so is an optional body that has required properties: with arguments for them it could not
be left out.
"""

from collections.abc import Mapping

from attrs import frozen

from ..media_types import is_form, is_json
from .bodies import is_object_variant
from .model_classes import ModelClass
from .operations import OperationSpec, OperationTypes, Variant
from .types import ModelType


@frozen
class SpreadBody:
    """A body whose properties are arguments: its variant, and the class that has their types."""

    variant: Variant
    model: ModelClass


def find_spread_body(
    operation: OperationSpec, types: OperationTypes, models: Mapping[str, ModelClass]
) -> SpreadBody | None:
    """Return the body that is spread into arguments; None if the body is one argument, or there is none."""
    if not operation.bodies or not all(is_json(name) or is_form(name) for name in operation.bodies):
        return None
    variants, *others = operation.bodies.values()
    if len(variants) != 1 or any(other_variants != variants for other_variants in others):
        return None
    schema, body_type = variants[0].schema, types.bodies[0]
    if not isinstance(body_type, ModelType) or not is_object_variant(variants[0]):
        return None
    if not operation.is_body_required and schema.get("required"):
        return None
    model = models[body_type.class_name]
    property_names = {model_property.name for model_property in model.properties}
    names = schema.get("properties", {}).keys()
    return SpreadBody(variants[0], model) if names and names <= property_names else None
