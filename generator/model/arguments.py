"""The keyword arguments of a method: the properties of its variants and the parameters of its operation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..loading.document import Document
from ..loading.json_data import escape, follow_reference
from ..media_types import is_json
from ..names import distinct, model_class_name
from .bodies import is_nullable
from .model_classes import ModelClass
from .operations import OperationSpec, OperationTypes, Variant, parameter_key, parameter_schema
from .sdk import Deprecation, read_deprecation
from .types import Alternative, ValueType, find_class_names, join_alternatives, list_alternatives

# Names that a method uses itself.
RESERVED_NAMES = ("self", "extra", "retry_unknown", "timeout")


@frozen
class Argument:
    """One keyword argument. `name` is its name in the runtime, `python_name` the name that callers write.

    `annotation` is the type of its value, and `class_names` are the models and choices that it names.
    `schema` has what the contract says about it, for its documentation. It is sent as JSON text if `as_json`,
    and stands in the path of the request if `in_path`.
    """

    name: str
    python_name: str
    annotation: str
    required: bool
    schema: dict[str, Any]
    nullable: bool = False
    deprecation: Deprecation | None = None
    class_names: set[str] = field(factory=set[str])
    as_json: bool = False
    in_path: bool = False

    @property
    def signature_annotation(self) -> str:
        """The annotation of the parameter of a method.

        It admits the default, which means that nothing is sent.
        """
        if self.required:
            return self.annotation
        if self.nullable:
            return f"{self.annotation} | Unset"
        return f"{self.annotation.removesuffix(' | None')} | None"

    @property
    def signature_default(self) -> str:
        """The default in a signature, with its equals sign.

        It is None, or UNSET if null is a value that can be sent.
        """
        if self.required:
            return ""
        return " = UNSET" if self.nullable else " = None"

    @property
    def declaration(self) -> str:
        """The parameter in the signature of a method."""
        return f"{self.python_name}: {self.signature_annotation}{self.signature_default}"

    @property
    def raw_declaration(self) -> str:
        """The parameter in the signature of a function of the raw layer, where None means null."""
        if self.required:
            return f"{self.python_name}: {self.annotation}"
        return f"{self.python_name}: {self.annotation} | Unset = UNSET"

    @property
    def key_declaration(self) -> str:
        """The key in a TypedDict whose keys may be missing."""
        if self.required:
            return f"{self.python_name}: Required[{self.annotation}]"
        return f"{self.python_name}: {self.signature_annotation}"


def find_variant_models(
    document: Document, variants: list[Variant], models: Mapping[str, ModelClass]
) -> list[ModelClass]:
    """Return the class of each variant that `x-sdk` names. `models` are by class name.

    Raises GeneratorError for a variant that is no object.
    """
    variant_models: list[ModelClass] = []
    for variant in variants:
        model = models.get(model_class_name(variant.name or ""))
        if model is None:
            problem = f"`{variant.name}` is a variant of a method, and has no properties to be arguments"
            pointer = f"/components/schemas/{escape(variant.name or '')}"
            raise document.error(pointer, problem, "let it be an object with `properties`")
        variant_models.append(model)
    return variant_models


def list_property_arguments(
    document: Document,
    variants: list[Variant],
    variant_models: list[ModelClass],
    reserved_names: Collection[str] = RESERVED_NAMES,
) -> list[Argument]:
    """Return the properties of the variants as arguments, each once, without read-only properties.

    An argument is required if every variant requires it. Required ones come first, then all are in the
    contract's order. `variant_models` are the classes of the variants; `reserved_names` cannot be names of
    arguments.
    """
    alternatives: dict[str, list[Alternative]] = {}
    class_names: dict[str, set[str]] = {}
    schemas: dict[str, dict[str, Any]] = {}
    deprecations: dict[str, list[Deprecation | None]] = {}
    for variant, model in zip(variants, variant_models, strict=True):
        types = {model_property.name: model_property.type for model_property in model.properties}
        for name, schema in variant.schema.get("properties", {}).items():
            if follow_reference(document.data, schema).get("readOnly", schema.get("readOnly")):
                continue
            alternatives.setdefault(name, []).extend(list_alternatives(types[name], is_argument=True))
            class_names.setdefault(name, set()).update(find_class_names(types[name]))
            schemas.setdefault(name, schema)
            whole_schema = {**follow_reference(document.data, schema), **schema}
            deprecations.setdefault(name, []).append(read_deprecation(whole_schema))
    required_names = _find_originally_required_names(variants)
    arguments = [
        Argument(
            name=name,
            python_name=python_name,
            annotation=join_alternatives(alternatives[name]),
            required=name in required_names,
            schema={**follow_reference(document.data, schema), **schema},
            nullable=is_nullable(document, schema),
            # One variant that still has it is enough for callers to go on.
            deprecation=deprecations[name][0] if all(deprecations[name]) else None,
            class_names=class_names[name],
        )
        for (name, schema), python_name in zip(
            schemas.items(), distinct(schemas, reserved_names), strict=True
        )
    ]
    return _required_first(arguments)


def make_body_argument(operation: OperationSpec, types: OperationTypes) -> Argument:
    """Return the argument `body`, which holds a whole body that cannot be passed as single properties."""
    alternatives = [
        alternative for body in types.bodies for alternative in list_alternatives(body, is_argument=True)
    ]
    return Argument(
        name="body",
        python_name="body",
        annotation=join_alternatives(alternatives),
        required=operation.is_body_required,
        schema={"description": "The body.", **operation.body},
        nullable=not operation.is_body_required,
        class_names=set[str]().union(*map(find_class_names, types.bodies)),
    )


def list_parameter_arguments(
    operation: OperationSpec,
    types: OperationTypes,
    reserved_names: Collection[str],
    annotate: Callable[[ValueType], str],
) -> list[Argument]:
    """Return the parameters of an operation as arguments: those of the path, other required ones, the rest.

    `reserved_names` cannot be names of arguments; `annotate` makes an annotation of a type.
    """
    python_names = distinct(map(parameter_key, operation.parameters), reserved_names)
    arguments = [
        Argument(
            name=parameter_key(parameter),
            python_name=python_name,
            annotation=annotate(value_type),
            required=bool(parameter.get("required")),
            schema={**parameter_schema(parameter), **parameter},
            deprecation=read_deprecation({**parameter_schema(parameter), **parameter}),
            class_names=find_class_names(value_type),
            as_json=any(map(is_json, parameter.get("content", {}))),
            in_path=parameter["in"] == "path",
        )
        for parameter, python_name, value_type in zip(
            operation.parameters, python_names, types.parameters, strict=True
        )
    ]
    return sorted(arguments, key=lambda argument: (not argument.in_path, not argument.required))


def _required_first(arguments: Sequence[Argument]) -> list[Argument]:
    return sorted(arguments, key=lambda argument: not argument.required)


def _find_originally_required_names(variants: list[Variant]) -> set[str]:
    """Return the properties that every variant requires, including those that a lowering made optional."""
    required_names = [
        {*variant.schema.get("required", ()), *variant.schema.get("x-lowered-required", ())}
        for variant in variants
    ]
    return required_names[0].intersection(*required_names[1:]) if required_names else set()
