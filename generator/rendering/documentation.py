"""The docstrings of methods, of functions of the raw layer, and of models."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..model.arguments import Argument
from ..model.methods import Method
from ..model.model_classes import ModelClass
from ..model.operations import OperationSpec, list_success_statuses
from ..model.sdk import Sdk, WaitSpec, read_deprecation
from ..names import identifier
from ..runtime.errors import StatusError
from ..runtime.response.status_errors import error_class
from .deprecations import make_directive, make_sentence
from .docstrings import Entry, Section, describe, describe_rules, make_docstring

_WAIT_ERRORS = (
    ("JobFailedError", "The job failed."),
    ("JobTimeoutError", "It was not done in time; it goes on at the server."),
)


def method_docstring(sdk: Sdk, method: Method) -> str:
    """Return the docstring of a method of a resource."""
    return _document_method(sdk, method, method.spec.summary)


def prepare_docstring(sdk: Sdk, method: Method) -> str:
    """Return the docstring of a method of `client.prepare`."""
    return _document_method(sdk, method, f"Make the request of `{method.full_name}` and do not send it.")


def streaming_docstring(sdk: Sdk, method: Method) -> str:
    """Return the docstring of a method of `client.streaming`."""
    return _document_method(sdk, method, f"Return the answer of `{method.full_name}` as it arrives.")


def method_and_wait_docstring(sdk: Sdk, method: Method, wait: WaitSpec) -> str:
    """Return the docstring of a method that starts a job, waits for it and returns its result."""
    summary = f"{method.spec.summary.rstrip('.')}, and wait until it is done."
    return _document_method(sdk, method, summary, [*_document_polling(wait, "wait_timeout")], _WAIT_ERRORS)


def pages_docstring(sdk: Sdk, method: Method) -> str:
    """Return the docstring of a method that goes through all pages of another one."""
    assert method.pages is not None
    maximum = (method.pages.max_argument, "Number of items after which to stop; all by default.")
    return _document_method(
        sdk,
        method,
        f"Yield every item of `{method.full_name}`, and ask for each page when it is needed.",
        [maximum],
    )


def _document_method(
    sdk: Sdk,
    method: Method,
    summary: str,
    further_arguments: Sequence[tuple[str, str]] = (),
    errors: Sequence[tuple[str, str]] = (),
) -> str:
    """Return a docstring with a summary, the rules that no type can express, and the arguments."""
    rules = list(dict.fromkeys(describe_rules(method.variants[0].schema))) if method.variants else []
    rules += [f"No two of these go together: `{'`, `'.join(names)}`." for names in method.spec.exclusive]
    entries: list[Entry | tuple[str, str]] = [*map(_document_argument, method.arguments)]
    if method.takes_extra:
        entries.append(("extra", "More properties of the body, sent as they are."))
    entries += [
        ("timeout", f"Seconds to wait, {method.spec.timeout:g} by default; None is no limit."),
        (
            "retry_unknown",
            f"Repeat the request also when its outcome is unknown. {sdk.unknown_outcome}.",
        ),
    ]
    entries += further_arguments
    paragraphs = [f"{method.operation.route}. Raises {sdk.client}Error.", *rules]
    if method.spec.is_default and method.operation.data.get("summary"):
        paragraphs = [*_split_paragraphs(method.operation.data), *paragraphs]
    documented_errors = [*_document_statuses(method.operation)] if method.typed_result else []
    sections: list[Section] = [("Args", entries), ("Raises", [*errors, *documented_errors])]
    directive: list[str] = []
    if method.deprecation is not None:
        directive = make_directive(method.deprecation) or [make_sentence(method.deprecation)]
    return make_docstring(summary, paragraphs, sections, directive)


def _split_paragraphs(operation: dict[str, Any]) -> list[str]:
    """Return the paragraphs of an operation's description."""
    return [text for text in str(operation.get("description") or "").split("\n\n") if text.strip()]


def _document_statuses(operation: OperationSpec) -> Iterator[tuple[str, str]]:
    """Yield the error of each status that the contract documents and that is no success, with its meaning."""
    meanings: dict[str, list[str]] = {}
    for status, response in operation.responses.items():
        if not status.startswith("2") and status != "default":
            error = error_class(int(status), None) if status.isdecimal() else StatusError
            description = " ".join(str(response.get("description") or "").split())
            meanings.setdefault(error.__name__, []).append(f"{status}: {description}".rstrip(": "))
    for name, texts in meanings.items():
        yield name, "; ".join(text.rstrip(".") for text in texts) + "."


def _document_argument(argument: Argument) -> Entry:
    directive = make_directive(argument.deprecation) if argument.deprecation else ()
    # Of several variants only some may have deprecated it; then it is not.
    schema = argument.schema if argument.deprecation else {**argument.schema, "deprecated": False}
    return Entry(argument.python_name, describe(schema, has_directive=True), directive)


def wait_docstring(wait: WaitSpec) -> str:
    """Return the docstring of a method that waits for a job."""
    arguments = [
        ("job", "The job, or its id."),
        *(
            (identifier(name), "As in the request; only needed if `job` is a bare id.")
            for name in wait.kept_names
        ),
        *_document_polling(wait, "timeout"),
    ]
    return make_docstring(wait.description, [], [("Args", arguments), ("Raises", [*_WAIT_ERRORS])])


def _document_polling(wait: WaitSpec, timeout_name: str) -> Iterator[tuple[str, str]]:
    yield "on_progress", "Called with every answer about the job's state."
    yield "interval", f"Seconds between two requests for the state, {wait.interval:g} by default."
    yield timeout_name, f"Seconds of waiting for the job after which to give up, {wait.timeout:g} by default."


def operation_docstring(operation: OperationSpec, parameters: list[Argument]) -> str:
    """Return the docstring of the functions of an operation in the raw layer."""
    deprecation = read_deprecation(operation.data)
    directive = make_directive(deprecation) if deprecation else []
    notes = [make_sentence(deprecation)] if deprecation and not directive else []
    if "://" in operation.server:
        notes.append(f"It is sent to {operation.server}, unless a base_url was chosen.")
    return make_docstring(
        operation.data.get("summary") or operation.route,
        [*notes, *_split_paragraphs(operation.data)],
        [("Args", [*map(_document_argument, parameters)]), ("Headers", _document_headers(operation))],
        directive,
    )


def _document_headers(operation: OperationSpec) -> list[Entry | tuple[str, str]]:
    """Return the meaning of an answer's headers; `Response.headers` has them by lower-case name."""
    return [
        (name, describe({**header.get("schema", {}), **header}))
        for status in list_success_statuses(operation)
        for name, header in operation.responses[status].get("headers", {}).items()
        if "$ref" not in header
    ]


def model_docstring(model: ModelClass, schema: dict[str, Any], method: str | None) -> str:
    """Return the docstring of a model: what it is, then each property.

    `schema` is the schema of its component; empty if it is not a component. `method` is the method whose
    docstring already describes the properties, if there is one.
    """
    summary = schema.get("description") or model.description or f"{model.name}."
    if method is not None:
        return make_docstring(f"{summary} See `client.{method}`.", [], [])
    schemas = schema.get("properties", {})
    property_schemas = {
        model_property.python_name: schemas.get(
            model_property.name, {"description": model_property.description}
        )
        for model_property in model.properties
    }
    entries = [(name, describe(property_schema)) for name, property_schema in property_schemas.items()]
    return make_docstring(summary, describe_rules(schema), [("Attributes", entries)])
