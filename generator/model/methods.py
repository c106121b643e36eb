"""The methods of a resource: their arguments, their results, and the argument that selects another result."""

from collections.abc import Mapping

from attrs import frozen

from ..loading.document import Document
from ..names import identifier
from .arguments import (
    RESERVED_NAMES,
    Argument,
    find_variant_models,
    list_parameter_arguments,
    list_property_arguments,
    make_body_argument,
)
from .bodies import is_boolean, is_object_variant
from .model_classes import ModelClass
from .operations import OperationSpec, OperationTypes, Variant
from .sdk import Deprecation, MethodSpec, Overload, Sdk, read_deprecation
from .spread_bodies import find_spread_body
from .typed_results import TypedResult, describe_typed_result
from .types import argument_annotation, join_alternatives

# The property by which callers choose between one answer and a stream of events.
_STREAM = "stream"


@frozen
class Selector:
    """An argument that selects another result, and the call that is made then.

    `selected` and `unselected` are its annotation and default in the overloads with and without that result.
    `test` follows the argument in the condition; it is empty if the argument is true or false itself.
    `core_method` is the method of the core that makes the call.
    """

    argument: str
    call_name: str
    result: str
    streams: bool
    selected: str
    unselected: str
    test: str
    core_method: str = "call"

    def result_for(self, prefix: str) -> str:
        """Return the result class of the sync client, or with the prefix `Async` of the async client."""
        return f"{prefix}{self.result}" if self.streams else self.result


@frozen
class PagesMethod:
    """The method that goes through all pages of another one.

    `item` is the annotation of an item, `class_names` are the models and choices that it names.
    `max_argument` is the name of the argument that limits the number of items.
    """

    name: str
    item: str
    class_names: set[str]
    max_argument: str


@frozen
class Method:
    """One method of a resource.

    `parameters` are the parameters of the operation. `body_arguments` are the properties of the body; if
    `has_body_argument`, there is one argument for the whole body. `typed_result` is what it returns if its
    specification names no results. `list_name` is the name of the builtin `list` among the methods.
    """

    spec: MethodSpec
    operation: OperationSpec
    variants: list[Variant]
    parameters: list[Argument]
    body_arguments: list[Argument]
    has_body_argument: bool
    selector: Selector | None
    typed_result: TypedResult | None = None
    list_name: str = "list"
    pages: PagesMethod | None = None

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
        if self.typed_result is None:
            return result_annotation(self.spec)
        if self.opens_events:
            return self.typed_result.annotate_stream("", self.list_name)
        return self.typed_result.annotate(with_events=self.selector is None, list_name=self.list_name)

    @property
    def opens_events(self) -> bool:
        """Whether it always returns a stream of typed events."""
        return self.typed_result is not None and self.typed_result.is_always_events

    def result_for(self, prefix: str) -> str:
        """Return the annotation of its default result; `prefix` is `Async` or empty."""
        if self.typed_result is not None and self.opens_events:
            return self.typed_result.annotate_stream(prefix, self.list_name)
        return self.default_result_annotation

    @property
    def takes_extra(self) -> bool:
        """Whether callers may add properties to the body."""
        return bool(self.operation.bodies) and not self.has_body_argument

    @property
    def arguments(self) -> list[Argument]:
        """All arguments: the parameters of the operation, then the body.

        Without results in `x-sdk`: those of the path, all other required ones, then the rest.
        """
        arguments = [*self.parameters, *self.body_arguments]
        if self.typed_result is None:
            return arguments
        return sorted(arguments, key=lambda argument: (not argument.in_path, not argument.required))

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
        result_names = self.typed_result.class_names if self.typed_result else set[str]()
        if self.pages is not None:
            result_names = result_names | self.pages.class_names
        return result_names.union(*(argument.class_names for argument in self.arguments))


def describe_method(
    document: Document,
    sdk: Sdk,
    operation: OperationSpec,
    types: OperationTypes,
    models: Mapping[str, ModelClass],
    spec: MethodSpec,
    variants: list[Variant],
    list_name: str = "list",
) -> Method:
    """Return the method that `spec` asks for. `models` are by class name, `variants` those of the method."""
    typed_result = None if spec.results else describe_typed_result(operation, types)
    is_by_properties = bool(variants) and all(map(is_object_variant, variants))
    has_body_argument = bool(operation.bodies) and not is_by_properties
    spread_body = None if spec.variants or spec.results else find_spread_body(operation, types, models)
    if spread_body is not None:
        # Parameters come first and keep their names: callers know them from the path.
        parameters = list_parameter_arguments(operation, types, RESERVED_NAMES, argument_annotation)
        reserved_names = (*RESERVED_NAMES, *(argument.python_name for argument in parameters))
        body_arguments = list_property_arguments(document, variants, [spread_body.model], reserved_names)
    else:
        if has_body_argument:
            body_arguments = [make_body_argument(operation, types)]
        else:
            variant_models = find_variant_models(document, variants, models)
            body_arguments = list_property_arguments(document, variants, variant_models)
        reserved_names = (*RESERVED_NAMES, *(argument.python_name for argument in body_arguments))
        parameters = list_parameter_arguments(operation, types, reserved_names, argument_annotation)
    return Method(
        spec=spec,
        operation=operation,
        variants=variants,
        parameters=parameters,
        body_arguments=body_arguments,
        has_body_argument=has_body_argument,
        selector=find_selector(sdk, operation, spec, variants, typed_result, list_name),
        typed_result=typed_result,
        list_name=list_name,
    )


def call_name(spec: MethodSpec) -> str:
    """Return the name of a method's call, such as IMAGES_EDIT."""
    return f"{spec.resource}_{spec.method}".upper()


def result_annotation(spec: MethodSpec) -> str:
    """Return the annotation of the result that a method returns if no selector selects another."""
    return join_alternatives(spec.results)


def find_selector(
    sdk: Sdk,
    operation: OperationSpec,
    spec: MethodSpec,
    variants: list[Variant],
    typed_result: TypedResult | None,
    list_name: str = "list",
) -> Selector | None:
    """Return the argument that selects another result of a method, if its `x-sdk` names one.

    Without results in `x-sdk` it is `stream`, where the contract has events, another success, and that flag.
    """
    if typed_result is not None:
        # A parameter of that name would be the argument, and the property another one.
        has_parameter = any(identifier(parameter["name"]) == _STREAM for parameter in operation.parameters)
        return None if has_parameter else _find_stream_selector(spec, variants, typed_result, list_name)
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
        core_method="open" if sdk.results[overload.result]["kind"] == "stream" else "call",
    )


def _find_stream_selector(
    spec: MethodSpec, variants: list[Variant], typed_result: TypedResult, list_name: str
) -> Selector | None:
    if len(variants) != 1 or typed_result.event is None or typed_result.is_always_events:
        return None
    if not is_boolean(variants[0].schema.get("properties", {}).get(_STREAM, {})):
        return None
    return Selector(
        argument=_STREAM,
        call_name=f"{call_name(spec)}_STREAM",
        result=typed_result.annotate_stream("", list_name),
        streams=True,
        selected="Literal[True]",
        unselected="Literal[False] | None = None",
        test="",
        core_method="open_events",
    )


def _unselected_declaration(overload: Overload) -> str:
    """Return annotation and default of the argument where it selects nothing.

    No type can express `any other text`.
    """
    return "Literal[False] | None = None" if overload.equals is True else "None = None"
