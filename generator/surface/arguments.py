"""The keyword arguments of a method: the members of its variants and the parameters of its operation."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ..spec import Document
from . import docs
from .operations import Endpoint, Variant, class_name, follow, identifier
from .plans import is_nullable
from .types import argument_type, text, union

_PARAMETER_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


@frozen
class Argument:
    """One keyword argument. `name` is the wire's, `python_name` ours."""

    name: str
    python_name: str
    type: str
    required: bool
    doc: str
    nullable: bool = False

    @property
    def declaration(self) -> str:
        """How it stands in a signature; None means that it is not sent, unless null is a value of its own."""
        if self.required:
            return f"{self.python_name}: {self.type}"
        if self.nullable:
            return f"{self.python_name}: {union([self.type, 'None', 'Unset'])} = UNSET"
        return f"{self.python_name}: {union([self.type, 'None'])} = None"


def body_arguments(document: Document, variants: list[Variant], models: Mapping[str, Any]) -> list[Argument]:
    """All members of the variants, each once; required are those that every variant requires.

    Required ones come first, then all in the contract's order.
    """
    types: dict[str, list[str]] = {}
    python_names: dict[str, str] = {}
    schemas: dict[str, dict[str, Any]] = {}
    for variant in variants:
        model = models[class_name(variant.name or "")]
        members = {text(prop.name): prop for prop in [*model.required_properties, *model.optional_properties]}
        for name, schema in variant.schema.get("properties", {}).items():
            types.setdefault(name, []).append(argument_type(members[name]))
            python_names.setdefault(name, str(members[name].python_name))
            schemas.setdefault(name, schema)
    required = _required_everywhere(variants)
    found = [
        Argument(
            name=name,
            python_name=python_names[name],
            type=union(types[name]),
            required=name in required,
            doc=docs.describe({**follow(document.data, schema), **schema}),
            nullable=is_nullable(document, schema),
        )
        for name, schema in schemas.items()
    ]
    return sorted(found, key=lambda argument: not argument.required)


def _required_everywhere(variants: list[Variant]) -> set[str]:
    required: list[set[str]] = [set(variant.schema.get("required", ())) for variant in variants]
    return required[0].intersection(*required[1:]) if required else set()


def parameter_arguments(document: Document, endpoint: Endpoint) -> list[Argument]:
    """The parameters of an operation as arguments."""
    return [
        Argument(
            name=given["name"],
            python_name=identifier(given["name"]),
            type=_PARAMETER_TYPES.get(str(follow(document.data, given.get("schema", {})).get("type")), "Any"),
            required=bool(given.get("required")),
            doc=docs.describe(given),
        )
        for given in endpoint.parameters
    ]
