"""Turns the errors and warnings of openapi-python-client into errors with a place in the document."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError as OpcError
from openapi_python_client.schema import OpenAPI
from pydantic import ValidationError

from ..errors import GeneratorError, SeveralFaultsError
from ..loading.document import Document
from ..loading.json_data import escape, is_list, is_object, object_or_empty
from ..model.operations import OperationSpec
from .opc_messages import explain_message, explain_misfit


def raise_for_warnings(data: GeneratorData, document: Document, operations: Sequence[OperationSpec]) -> None:
    """Raise SeveralFaultsError if openapi-python-client warned: it leaves out each part that it warns of."""
    faults = [_locate(warning, document, "") for warning in data.errors]
    pointers = {
        f"{operation.method.upper()} /{operation.module} ": operation.pointer for operation in operations
    }
    for collection in data.endpoint_collections_by_tag.values():
        for warning in collection.parse_errors:
            matching_pointers = (
                pointer for route, pointer in pointers.items() if route in f"{warning.header} "
            )
            faults.append(_locate(warning, document, next(matching_pointers, "")))
    if faults:
        raise SeveralFaultsError(faults)


def explain_refusal(
    error: OpcError, document: Document, operations: Sequence[OperationSpec], opc_document: dict[str, Any]
) -> GeneratorError:
    """Return the error for a document that openapi-python-client cannot read at all.

    If the document does not fit its model of OpenAPI, the places are pointers into the document.
    """
    try:
        OpenAPI.model_validate(opc_document)
    except ValidationError as validation_error:
        messages = {
            _find_pointer(document, operations, fault["loc"]): fault["msg"]
            for fault in validation_error.errors()
        }
        return SeveralFaultsError(
            [document.error(pointer, explain_misfit(message)) for pointer, message in messages.items()]
        )
    return GeneratorError(_explain(error), where=document.path)


def join_messages(errors: Iterable[OpcError]) -> str:
    """Return the messages of errors as one line, each message once."""
    return "; ".join(dict.fromkeys(map(_explain, errors)))


def _find_pointer(
    document: Document, operations: Sequence[OperationSpec], location: Sequence[int | str]
) -> str:
    """Return the pointer of a place in the document that openapi-python-client reads.

    The locations also contain branches of unions in its own model, which are left out.
    """
    tokens, pointer, value = list(location), "", document.data
    if tokens[0] == "paths":
        operation = next(operation for operation in operations if f"/{operation.module}" == tokens[1])
        pointer, value, tokens = operation.pointer, operation.data, tokens[3:]
    for token in tokens:
        key: Any = token
        if (is_object(value) and key in value) or (is_list(value) and key in range(len(value))):
            pointer, value = f"{pointer}/{escape(str(key))}", value[key]
    return pointer


def _locate(warning: OpcError, document: Document, pointer: str) -> GeneratorError:
    """Return a warning as an error at `pointer`.

    If that is empty, the place is the component that the warning names, if any.
    """
    component = re.search(r"/components/schemas/([^\s:]+)", f"{warning.header} {warning.detail or ''}")
    if not pointer and component:
        # A schema inside of a component has the component's name with a suffix.
        components = object_or_empty(object_or_empty(document.data.get("components")).get("schemas"))
        matching_names = (name for name in components if component[1].startswith(name))
        name = max(matching_names, key=len, default=component[1])
        pointer = f"/components/schemas/{escape(name)}"
    if pointer:
        return document.error(pointer, _explain(warning))
    return GeneratorError(_explain(warning), where=document.path)


def _explain(error: OpcError) -> str:
    return explain_message(_join_message(error))


def _join_message(error: OpcError) -> str:
    """Return the message of an error as one line; some contain strings of the document in wrappers."""
    parts = (part.strip() for part in (error.header, error.detail or "") if part)
    message = " ".join(" ".join(part for part in parts if part).split())
    return re.sub(r"<[^>]*UntrustedString[^>]*>", "…", message)
