"""The methods of a resource: their arguments, their results, and the argument that selects another result."""

from collections.abc import Mapping

from attrs import frozen

from ..loading.document import Document
from ..names import identifier
from .arguments import (
    RESERVED_NAMES,
    Argument,
    list_parameter_arguments,
    list_property_arguments,
    make_body_argument,
)
from .bodies import is_object_variant
from .model_classes import ModelClass
from .operations import OperationSpec, OperationTypes, Variant
from .sdk import Deprecation, MethodSpec, Overload, Sdk, read_deprecation
from .types import argument_annotation, join_alternatives


@frozen
class Selector:
    """An argument that selects another result, and the call that is made then.

    `selected` and `unselected` are its annotation and default in the overloads with and without that result.
    `test` follows the argument in the condition; it is empty if the argument is true or false itself.
    """

    argument: str
    call_name: str
    result: str
    streams: bool
    selected: str
    unselected: str
    test: str

    def result_for(self, prefix: str) -> str:
        """Return the result class of the sync client, or with the prefix `Async` of the async client."""
        return f"{prefix}{self.result}" if self.streams else self.result


@frozen
class Method:
    """One method of a resource.

    `parameters` are the parameters of the operation. `body_arguments` are the properties of the body; if
    `has_body_argument`, there is one argument for the whole body.
    """

    spec: MethodSpec
    operation: OperationSpec
    variants: list[Variant]
    parameters: list[Argument]
    body_arguments: list[Argument]
    has_body_argument: bool
    selector: Selector | None

    @property
    def name(self) -> str:
        """The name in its resource."""
        return self.spec.method

    @property
    def full_name(self) -> str:
        """The name after the name of its resource, such as `videos.generate`."""
        return f"{self.spec.resource}.{self.spec.method}"

    @property
    def call_name(self) -> str:
        """The name of its call in the operation's module of `_calls`."""
        return call_name(self.spec)

    @property
    def deprecation(self) -> Deprecation | None:
        """What callers are told if it is deprecated, itself or with its operation."""
        return self.spec.deprecation or read_deprecation(self.operation.data)

    @property
    def default_result_annotation(self) -> str:
        """The annotation of the result that it returns if no selector selects another."""
        return result_annotation(self.spec)

    @property
    def takes_extra(self) -> bool:
        """Whether callers may add properties to the body."""
        return bool(self.operation.bodies) and not self.has_body_argument

    @property
    def arguments(self) -> list[Argument]:
        """All arguments: the parameters of the operation, then the body."""
        return [*self.parameters, *self.body_arguments]

    @property
    def selecting_argument(self) -> Argument | None:
        """The argument that its selector names."""
        if self.selector is None:
            return None
        name = self.selector.argument
        return next((argument for argument in self.arguments if argument.python_name == name), None)

    @property
    def class_names(self) -> set[str]:
        """The models and choices that its signature names."""
        return set[str]().union(*(argument.class_names for argument in self.arguments))


def describe_method(
    document: Document,
    sdk: Sdk,
    operation: OperationSpec,
    types: OperationTypes,
    models: Mapping[str, ModelClass],
    spec: MethodSpec,
    variants: list[Variant],
) -> Method:
    """Return the method that `spec` asks for. `models` are by class name, `variants` those of the method."""
    is_by_properties = bool(variants) and all(map(is_object_variant, variants))
    has_body_argument = bool(operation.bodies) and not is_by_properties
    if has_body_argument:
        body_arguments = [make_body_argument(operation, types)]
    else:
        body_arguments = list_property_arguments(document, variants, models)
    reserved_names = (*RESERVED_NAMES, *(argument.python_name for argument in body_arguments))
    return Method(
        spec=spec,
        operation=operation,
        variants=variants,
        parameters=list_parameter_arguments(operation, types, reserved_names, argument_annotation),
        body_arguments=body_arguments,
        has_body_argument=has_body_argument,
        selector=find_selector(sdk, spec),
    )


def call_name(spec: MethodSpec) -> str:
    """Return the name of a method's call, such as IMAGES_EDIT."""
    return f"{spec.resource}_{spec.method}".upper()


def result_annotation(spec: MethodSpec) -> str:
    """Return the annotation of the result that a method returns if no selector selects another."""
    return join_alternatives(spec.results)


def find_selector(sdk: Sdk, spec: MethodSpec) -> Selector | None:
    """Return the argument that selects another result of a method, if its `x-sdk` names one."""
    if not spec.overloads:
        return None
    overload = spec.overloads[0]
    argument = identifier(overload.field)
    return Selector(
        argument=argument,
        call_name=f"{call_name(spec)}_{argument}".upper(),
        result=overload.result,
        streams=sdk.results[overload.result]["kind"] == "stream",
        selected=f"Literal[{overload.equals!r}]",
        unselected=_unselected_declaration(overload),
        test="" if overload.equals is True else f"== {overload.equals!r}",
    )


def _unselected_declaration(overload: Overload) -> str:
    """Return annotation and default of the argument where it selects nothing.

    No type can express `any other text`.
    """
    return "Literal[False] | None = None" if overload.equals is True else "None = None"
