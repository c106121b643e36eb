"""The filters and variables that templates have besides those of openapi-python-client."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ..loading.document import Document
from ..loading.json_data import walk_objects
from ..lowering.discriminators import DISCRIMINATORS
from ..model.client_model import ClientModel
from ..model.methods import Method
from ..model.model_classes import ModelClass, ModelProperty, declare_models
from ..model.operations import OperationSpec, OperationTypes
from ..model.sdk import Sdk
from ..model.types import value_annotation
from ..names import class_name, identifier, model_class_name
from ..runtime import errors as runtime_errors
from ..runtime.response.media_results import AudioMedia, ImageMedia
from ..runtime.response.results import Job, Media, Record, Text
from .default_examples import make_default_examples
from .deprecations import make_decorator, make_notice
from .docstrings import make_safe_line, quote
from .documentation import (
    method_and_wait_docstring,
    method_docstring,
    model_docstring,
    operation_docstring,
    pages_docstring,
    prepare_docstring,
    streaming_docstring,
    wait_docstring,
)
from .examples import make_examples
from .expressions import argument_value, body_media_type_literal, body_values, exact_argument_value
from .opc_adapter import schemas_by_class_name
from .raw_layer import RawOperation, describe_raw_operation
from .source import source, vocabulary


def make_filters(client_model: ClientModel) -> dict[str, Callable[..., object]]:
    """Return the filters of templates by name."""
    sdk = client_model.sdk
    return {
        "source": source,
        "vocabulary": vocabulary,
        "toml": _quote_toml,
        "identifier": identifier,
        "argument_value": argument_value,
        "exact_argument_value": exact_argument_value,
        "body_values": body_values,
        "body_media_type_literal": body_media_type_literal,
        "annotation": value_annotation,
        "is_renamed": _is_renamed,
        "quoted": quote,
        "safe_doc": make_safe_line,
        "method_doc": partial(method_docstring, sdk),
        "prepare_doc": partial(prepare_docstring, sdk),
        "streaming_doc": partial(streaming_docstring, sdk),
        "method_and_wait_doc": partial(method_and_wait_docstring, sdk),
        "pages_doc": partial(pages_docstring, sdk),
        "wait_doc": wait_docstring,
        "operation_doc": _document_operation,
        "model_doc": partial(
            _document_model, schemas_by_class_name(client_model.document), _name_methods_by_model(sdk)
        ),
        "deprecation_decorator": make_decorator,
        "notice": make_notice,
        "arguments_class": _name_arguments_class,
        "result_base": _name_result_base,
    }


def make_variables(original: Document, client_model: ClientModel) -> dict[str, object]:
    """Return the variables of templates by name. `original` is the document before it was lowered."""
    models = list(client_model.types.models.values())
    return {
        "sdk": client_model.sdk,
        "client_model": client_model,
        "declarations": declare_models(models, schemas_by_class_name(original)),
        "choices": client_model.types.choices,
        "discriminators": list(_list_discriminators(client_model)),
        "raw_operation": partial(
            _describe_endpoint,
            {operation.module: operation for operation in client_model.operations.values()},
            client_model.types.operations,
        ),
        "contract_version": str(client_model.document.data["info"]["version"]),
        "contract_sha256": hashlib.sha256(original.path.read_bytes()).hexdigest(),
        "package_title": client_model.document.data["info"]["title"],
        "has_evidence": any("x-evidence" in value for _, value in walk_objects(client_model.document.data)),
        "class_name": class_name,
        "error_names": list_error_names(),
        "examples": make_examples(original, client_model) or make_default_examples(client_model),
        "result_names": client_model.sdk.result_classes,
    }


def _list_discriminators(client_model: ClientModel) -> Iterator[dict[str, object]]:
    """Yield the discriminators that no constant states: a property, and class names by its value."""
    for discriminator in client_model.document.data.get(DISCRIMINATORS, ()):
        class_names = {
            value: [model_class_name(target["$ref"].rpartition("/")[2]) for target in targets]
            for value, targets in discriminator["mapping"].items()
        }
        yield {"property": discriminator["property"], "class_names": class_names}


def list_error_names() -> list[str]:
    """Return the names of the runtime's public errors except the root, in the order of the module."""
    names = [
        name
        for name, value in vars(runtime_errors).items()
        if isinstance(value, type) and issubclass(value, runtime_errors.SDKError) and name[0] != "_"
    ]
    # This error can save the answer to a file, so the module that writes files defines it.
    names.insert(names.index("ResponseTooLargeError") + 1, "UnexpectedResponseError")
    return [name for name in names if name != "SDKError"]


def _is_renamed(model_property: ModelProperty) -> bool:
    """Whether a property has another name in Python than on the wire."""
    return model_property.python_name != model_property.name


def _describe_endpoint(
    operations: Mapping[str, OperationSpec], types: Mapping[str, OperationTypes], endpoint: Any
) -> RawOperation:
    """Return the operation that openapi-python-client knows as `endpoint`; both mappings are by module."""
    module = str(endpoint.name)
    return describe_raw_operation(operations[module], types[module])


def _quote_toml(value: object) -> str:
    """Return a text as a basic string of TOML, which escapes as JSON does."""
    return json.dumps(str(value), ensure_ascii=False)


def _document_operation(raw: RawOperation) -> str:
    """Return the docstring of the functions of an operation in the raw layer."""
    return operation_docstring(raw.operation, raw.parameters)


def _name_methods_by_model(sdk: Sdk) -> dict[str, str]:
    """Return the method whose arguments are the properties of a model, by the model's name."""
    return {
        model_class_name(variant_name): f"{spec.resource}.{spec.method}"
        for spec in sdk.methods
        for variant_name in spec.variants
    }


def _document_model(
    schemas: Mapping[str, dict[str, Any]], method_names: Mapping[str, str], model: ModelClass
) -> str:
    """Return the docstring of a model, which refers to a method if its properties are the arguments."""
    return model_docstring(model, schemas.get(model.name, {}), method_names.get(model.name))


def _name_arguments_class(method: Method) -> str:
    """Return the name of the TypedDict that has the arguments of a method."""
    return f"{class_name(method.spec.resource)}{class_name(method.name)}Args"


def _name_result_base(result: Mapping[str, Any], prefix: str) -> str:
    """Return the runtime's class that a result of `x-sdk` extends; `prefix` is `Async` or empty, for streams.

    Media that are surely pictures or sound have more properties, unless a documented field has such a name.
    """
    match result["kind"]:
        case "stream":
            return f"{prefix}EventStream"
        case "media":
            kinds = {media_type.partition("/")[0] for media_type in result.get("media_types", ())}
            kind_of_all = kinds.pop() if len(kinds) == 1 else ""
            base = {"image": ImageMedia, "audio": AudioMedia}.get(kind_of_all, Media)
            return Media.__name__ if vars(base).keys() & result.get("fields", {}).keys() else base.__name__
        case kind:
            return {"text": Text, "record": Record, "job": Job}[kind].__name__
