"""The keyword arguments of a method: the members of its variants and the parameters of its operation."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import field, frozen

from ..loading.document import Document
from ..media_types import is_json
from ..names import distinct, model_name
from ..rendering import docstrings
from ..rendering.opc_document import parameter_schema
from .calls import is_nullable
from .operations import Endpoint, Variant, follow, parameter_key
from .types import Alternative, alternatives, classes, text, union

# Names that a method uses itself.
RESERVED = ("self", "extra", "retry_unknown", "timeout")
# Types whose values are what JSON makes of them.
_PLAIN = frozenset({"str", "int", "float", "bool", "None"})


@frozen
class Argument:
    """One keyword argument. `name` is what the runtime knows it by, `python_name` the caller's."""

    name: str
    python_name: str
    type: str
    required: bool
    doc: str
    nullable: bool = False
    deprecated: bool = False
    classes: set[str] = field(factory=set[str])
    as_json: bool = False

    @property
    def value(self) -> str:
        """The expression of what a method hands on: JSON text for a parameter under a JSON media type."""
        return f"_codec.json_text({self.python_name})" if self.as_json else self.python_name

    @property
    def exact_value(self) -> str:
        """The expression of what the raw layer hands on."""
        is_plain = _PLAIN.issuperset(self.type.split(" | "))
        return self.value if self.as_json or is_plain else f"_codec.to_json({self.python_name})"

    @property
    def declaration(self) -> str:
        """How it stands in a signature; None means that it is not sent, unless null is a value of its own."""
        if self.required:
            return f"{self.python_name}: {self.type}"
        if self.nullable:
            return f"{self.exact_declaration}"
        return f"{self.python_name}: {self._type_without_none} | None = None"

    @property
    def annotation(self) -> str:
        """The type that the declaration gives it."""
        return self.declaration.removeprefix(f"{self.python_name}: ").rpartition(" = ")[0] or self.type

    @property
    def member(self) -> str:
        """How it stands in a TypedDict whose members may be left out."""
        return f"{self.python_name}: {f'Required[{self.annotation}]' if self.required else self.annotation}"

    @property
    def exact_declaration(self) -> str:
        """How it stands where None is sent as null, or is no value at all."""
        if self.required:
            return f"{self.python_name}: {self.type}"
        return f"{self.python_name}: {self.type} | Unset = UNSET"

    @property
    def _type_without_none(self) -> str:
        return self.type.removesuffix(" | None")


def body_arguments(document: Document, variants: list[Variant], models: Mapping[str, Any]) -> list[Argument]:
    """All members of the variants, each once; required are those that every variant requires.

    Required ones come first, then all in the contract's order.
    """
    types: dict[str, list[Alternative]] = {}
    named: dict[str, set[str]] = {}
    schemas: dict[str, dict[str, Any]] = {}
    for variant in variants:
        model = models[model_name(variant.name or "")]
        members = {text(prop.name): prop for prop in [*model.required_properties, *model.optional_properties]}
        for name, schema in variant.schema.get("properties", {}).items():
            if not follow(document.data, schema).get("readOnly", schema.get("readOnly")):
                types.setdefault(name, []).extend(alternatives(members[name], generous=True))
                named.setdefault(name, set()).update(classes(members[name]))
                schemas.setdefault(name, schema)
    required = _required_everywhere(variants)
    found = [
        Argument(
            name=name,
            python_name=python_name,
            type=union(types[name]),
            required=name in required,
            doc=docstrings.describe({**follow(document.data, schema), **schema}),
            nullable=is_nullable(document, schema),
            deprecated=bool(schema.get("deprecated")),
            classes=named[name],
        )
        for (name, schema), python_name in zip(schemas.items(), distinct(schemas, RESERVED), strict=True)
    ]
    return sorted(found, key=lambda argument: not argument.required)


def body_argument(endpoint: Endpoint, parsed: Any) -> Argument:
    """A body that is one argument: no object, or one without a variant of its own."""
    found = [one for body in parsed.bodies for one in alternatives(body.prop, generous=True)]
    required = bool(endpoint.body.get("required"))
    return Argument(
        name="body",
        python_name="body",
        type=union(found),
        required=required,
        doc=docstrings.describe({"description": "The body.", **endpoint.body}),
        nullable=not required,
        classes=set[str]().union(*(classes(body.prop) for body in parsed.bodies)),
    )


def _required_everywhere(variants: list[Variant]) -> set[str]:
    required: list[set[str]] = [
        {*variant.schema.get("required", ()), *variant.schema.get("x-lowered-required", ())}
        for variant in variants
    ]
    return required[0].intersection(*required[1:]) if required else set()


def parameter_arguments(
    endpoint: Endpoint, parsed: Any, reserved: Collection[str], to_type: Callable[[Any], str]
) -> list[Argument]:
    """The parameters of an operation as arguments; `parsed` is what the tool made of the operation."""
    names = distinct(map(parameter_key, endpoint.parameters), reserved)
    found = [
        Argument(
            name=parameter_key(given),
            python_name=python_name,
            type=to_type(prop),
            required=bool(given.get("required")),
            doc=docstrings.describe({**parameter_schema(given), **given}),
            deprecated=bool(given.get("deprecated")),
            classes=classes(prop),
            as_json=any(map(is_json, given.get("content", {}))),
        )
        for given, python_name, prop in zip(endpoint.parameters, names, parsed.query_parameters, strict=True)
    ]
    return sorted(found, key=lambda argument: not argument.required)
