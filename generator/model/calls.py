"""Describes operations, and the methods that call them, as values of `runtime.contract`."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..runtime.contract import Body, Call, Operation, Parameter
from .argument_groups import list_argument_groups, list_required_properties, list_url_properties
from .bodies import describe_bodies
from .generated_name import GeneratedName
from .methods import call_name, find_selector, result_annotation
from .operations import OperationSpec, Variant, list_success_statuses, parameter_key
from .result_readings import describe_reading
from .sdk import MethodSpec, Sdk
from .security import list_combinations
from .styles import read_list_form

# The style of a parameter that states no style (OpenAPI 3.1, 4.8.12.2.1).
_DEFAULT_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


@frozen
class CallConstant:
    """A constant of a module in `_calls`: its name, the annotation of what the call returns, and the call."""

    name: str
    result: str
    call: Call[Any]


@frozen
class OperationCalls:
    """What the module of an operation in `_calls` holds: the operation, its bodies, the calls of methods."""

    spec: OperationSpec
    operation: Operation
    bodies: tuple[Body, ...]
    calls: tuple[CallConstant, ...]


def describe_operation_calls(document: Document, sdk: Sdk, spec: OperationSpec) -> OperationCalls:
    """Return an operation and its calls. Raises GeneratorError if a call cannot be sent."""
    calls = [
        call
        for method in sdk.methods
        if method.operation_id == spec.id
        for call in _describe_method_calls(document, sdk, spec, method)
    ]
    bodies = describe_bodies(document, spec, spec.bodies)
    return OperationCalls(spec, _describe_operation(document, sdk, spec), bodies, tuple(calls))


def find_variants(document: Document, spec: OperationSpec, method: MethodSpec) -> list[Variant]:
    """Return the variants that a method names. Raises GeneratorError for a variant that no body may hold."""
    variants = {variant.name: variant for variants in spec.bodies.values() for variant in variants}
    for name in method.variants:
        if name not in variants:
            problem = f"`{name}` is a variant of `{method.resource}.{method.method}`, and no body may hold it"
            raise document.error(f"{spec.pointer}/requestBody", problem, "put it under a oneOf of the body")
    return [variants[name] for name in method.variants]


def _describe_operation(document: Document, sdk: Sdk, spec: OperationSpec) -> Operation:
    combinations = list_combinations(document, spec.data, spec.pointer, sdk.keys)
    security, *alternatives = combinations or [()]
    return Operation(
        id=spec.id,
        method=spec.method.upper(),
        path=spec.path,
        parameters=tuple(_describe_parameter(document, parameter) for parameter in spec.parameters),
        security=security,
        accept=_join_accepted_media_types(spec),
        response_headers=_list_response_headers(spec),
        server=spec.server,
        alternatives=tuple(alternatives),
    )


def _describe_parameter(document: Document, parameter: dict[str, Any]) -> Parameter:
    name, location = parameter["name"], parameter["in"]
    style = parameter.get("style", _DEFAULT_STYLES[location])
    key = parameter_key(parameter)
    return Parameter(
        name=name,
        location=location,
        style=style,
        explode=parameter.get("explode", style == "form"),
        key=key if key != name else "",
        required=location == "path" or parameter.get("required", False),
        allow_reserved=location == "query" and parameter.get("allowReserved", False),
        list_form=read_list_form(document) if style == "deepObject" else "",
    )


def _join_accepted_media_types(spec: OperationSpec) -> str:
    """Return the header `Accept`: the media types that a success may have, so that the server can choose."""
    media_types = [
        media_type
        for status in list_success_statuses(spec)
        for media_type in spec.responses[status].get("content", {})
    ]
    return ", ".join(dict.fromkeys(media_types)) or "*/*"


def _list_response_headers(spec: OperationSpec) -> tuple[str, ...]:
    """Return the lower-case names of the headers that the contract documents for a success."""
    names = [
        name.lower()
        for status in list_success_statuses(spec)
        for name in spec.responses[status].get("headers", {})
    ]
    return tuple(name for name in dict.fromkeys(names) if name != "content-type")


def _describe_method_calls(
    document: Document, sdk: Sdk, spec: OperationSpec, method: MethodSpec
) -> list[CallConstant]:
    """Return the call of a method, and the call that it makes when an argument selects another result."""
    # The runtime's constant is a part of the same generated module; here its name stands for it.
    operation: Any = GeneratedName("OPERATION")
    variants = find_variants(document, spec, method)
    bodies = _describe_method_bodies(document, spec, method)
    takes_files = any(body.files for body in bodies)
    call: Call[Any] = Call(
        operation=operation,
        bodies=bodies,
        readings=tuple(describe_reading(sdk, name) for name in method.results),
        timeout=method.timeout,
        argument_groups=list_argument_groups(method, variants),
        name=f"{method.resource}.{method.method}",
        required=tuple(list_required_properties(document, variants)),
        urls=list_url_properties(document, variants) if takes_files else (),
    )
    calls = [CallConstant(call_name(method), result_annotation(method), call)]
    selector = find_selector(sdk, method)
    if selector is not None:
        selected_call = call._replace(readings=(describe_reading(sdk, selector.result),))
        calls.append(CallConstant(selector.call_name, selector.result, selected_call))
    return calls


def _describe_method_bodies(document: Document, spec: OperationSpec, method: MethodSpec) -> tuple[Body, ...]:
    """Return the bodies that a method may send, the preferred one first; all if it names no variant."""
    variants_by_media_type: dict[str, Iterable[Variant]] = {}
    for media_type in sorted(spec.bodies, key=lambda media_type: media_type != method.encoding):
        variants = spec.bodies[media_type]
        method_variants = [
            variant for variant in variants if not method.variants or variant.name in method.variants
        ]
        if method_variants:
            variants_by_media_type[media_type] = method_variants
    return describe_bodies(document, spec, variants_by_media_type)
