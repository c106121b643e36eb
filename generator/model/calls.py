"""Describes operations, and the methods that call them, as values of `runtime.contract`."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..runtime.contract import Body, Call, Operation, Pages, Parameter
from .argument_groups import list_argument_groups, list_required_properties, list_url_properties
from .bodies import describe_bodies
from .contract_types import ContractTypes
from .generated_name import GeneratedName
from .methods import Selector, call_name, find_selector, result_annotation
from .operations import (
    OperationSpec,
    Variant,
    list_redirect_statuses,
    list_success_statuses,
    parameter_key,
)
from .pagination import describe_pages, find_item_type
from .result_readings import describe_reading
from .sdk import MethodSpec, PaginationSpec, Sdk
from .security import list_combinations
from .spread_bodies import find_spread_body
from .styles import read_list_form
from .typed_results import TypedResult, describe_typed_result
from .types import find_class_names, value_annotation

# The style of a parameter that states no style (OpenAPI 3.1, 4.8.12.2.1).
_DEFAULT_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


@frozen
class CallConstant:
    """A constant of a module in `_calls`: its name, the annotation of what the call returns, and the call."""

    name: str
    result: str
    call: Call[Any]


@frozen
class PagesConstant:
    """A constant that says how a method goes through all pages: its name, the type of an item, the pages."""

    name: str
    item: str
    pages: Pages[Any]


@frozen
class OperationCalls:
    """What the module of an operation in `_calls` holds: the operation, its bodies, the calls of methods."""

    spec: OperationSpec
    operation: Operation
    bodies: tuple[Body, ...]
    calls: tuple[CallConstant, ...]
    class_names: tuple[str, ...] = ()
    pages: tuple[PagesConstant, ...] = ()


def describe_operation_calls(
    document: Document, sdk: Sdk, spec: OperationSpec, types: ContractTypes
) -> OperationCalls:
    """Return an operation and its calls. Raises GeneratorError if a call cannot be sent."""
    methods = sdk.methods_by_operation.get(spec.id, [])
    calls = [
        call for method in methods for call in _describe_method_calls(document, sdk, spec, types, method)
    ]
    typed_result = describe_typed_result(spec, types.operations[spec.module])
    is_typed = any(not method.results for method in methods)
    bodies = describe_bodies(document, spec, spec.bodies)
    class_names = typed_result.class_names if is_typed else set[str]()
    pages = [
        _describe_pages(spec, types, method.pagination, call_name(method))
        for method in methods
        if method.pagination is not None
    ]
    if pages and methods[0].pagination is not None:
        class_names = class_names | find_class_names(find_item_type(spec, types, methods[0].pagination))
    return OperationCalls(
        spec=spec,
        operation=_describe_operation(document, sdk, spec),
        bodies=bodies,
        calls=tuple(calls),
        class_names=tuple(sorted(class_names)),
        pages=tuple(pages),
    )


def _describe_pages(
    spec: OperationSpec, types: ContractTypes, pagination: PaginationSpec, name: str
) -> PagesConstant:
    item = value_annotation(find_item_type(spec, types, pagination))
    return PagesConstant(f"{name}_PAGES", item, describe_pages(spec, types, pagination, name))


def find_variants(
    document: Document, spec: OperationSpec, types: ContractTypes, method: MethodSpec
) -> list[Variant]:
    """Return the variants whose properties are the arguments of a method: those that it names, or the body.

    Raises GeneratorError for a variant that no body may hold.
    """
    if not method.variants and not method.results:
        spread_body = find_spread_body(spec, types.operations[spec.module], types.models)
        return [spread_body.variant] if spread_body else []
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
        redirects=tuple(status.upper() for status in list_redirect_statuses(spec)),
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
    document: Document, sdk: Sdk, spec: OperationSpec, types: ContractTypes, method: MethodSpec
) -> list[CallConstant]:
    """Return the call of a method, and the call that it makes when an argument selects another result."""
    # The runtime's constant is a part of the same generated module; here its name stands for it.
    operation: Any = GeneratedName("OPERATION")
    variants = find_variants(document, spec, types, method)
    typed_result = None if method.results else describe_typed_result(spec, types.operations[spec.module])
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
        may_omit_body=bool(bodies) and bool(variants) and not spec.is_body_required,
    )
    selector = find_selector(sdk, spec, method, variants, typed_result)
    if typed_result is not None:
        call = call._replace(answers=_name_answers(typed_result), is_exact=bool(bodies) and not variants)
        return _list_typed_calls(method, call, typed_result, selector)
    calls = [CallConstant(call_name(method), result_annotation(method), call)]
    if selector is not None:
        selected_call = call._replace(readings=(describe_reading(sdk, selector.result),))
        calls.append(CallConstant(selector.call_name, selector.result, selected_call))
    return calls


def _list_typed_calls(
    method: MethodSpec, call: Call[Any], typed_result: TypedResult, selector: Selector | None
) -> list[CallConstant]:
    if typed_result.is_always_events:
        return [CallConstant(call_name(method), typed_result.annotate_stream(""), call)]
    result = typed_result.annotate(with_events=selector is None)
    calls = [CallConstant(call_name(method), result, call)]
    if selector is not None:
        calls.append(CallConstant(selector.call_name, selector.result, call))
    return calls


def _name_answers(typed_result: TypedResult) -> Mapping[str, Mapping[str, Any]]:
    """Return the types of the answers by status and media type, as modules of the client name them."""
    return {
        status: {
            media_type: GeneratedName(value_annotation(value_type))
            for media_type, value_type in contents.items()
        }
        for status, contents in typed_result.answers.items()
    }


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
