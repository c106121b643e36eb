"""Judges a document before anything is made from it: OpenAPI itself, references, `x-sdk`, `x-evidence`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from jsonschema.exceptions import ValidationError, relevance

from .errors import GeneratorError
from .json_schema import validator
from .keywords import refusals
from .loading.document import Document
from .loading.json_data import Json, escape, is_object, walk_objects
from .loading.schemas import walk_schemas
from .openapi_rules import VERSIONS, default_faults, document_faults, schema_rules
from .operation_rules import undeclared
from .pruning import Refusal, prune
from .reference_rules import contain_themselves, lead_back, lead_nowhere, lead_to_other_kinds
from .slips import forgive
from .x_sdk import misnamed

EVIDENCE = ("page", "docs", "observed", "expected", "assumed")
X_SDK = Path(__file__).with_name("x-sdk.schema.json")


def lint(document: Document) -> None:
    """Raise GeneratorError for the first fault, with its pointer."""
    for rule in RULES:
        for fault in rule(document):
            raise fault


def lint_sparing(document: Document) -> tuple[Document, list[Refusal]]:
    """The part of `document` that has no fault, and what was taken out; each rule relies on those before it.

    Raises GeneratorError for a fault of the document as a whole.
    """
    refused: list[Refusal] = []
    for rule in RULES:
        while faults := list(rule(document)):
            document, more = prune(document, faults)
            refused += more
    return document, refused


def _version(document: Document) -> Iterator[GeneratorError]:
    version = document.data.get("openapi")
    if not isinstance(version, str) or version[:3] not in VERSIONS:
        yield document.error(
            "/openapi", f"`{version}` is no version that can be built", "write `openapi: 3.1.0`"
        )


def _nothing(document: Document) -> Iterator[GeneratorError]:
    """OpenAPI's own schema refuses an empty document by repeating it, and says not what is missing."""
    enough = ["paths"] if document.data["openapi"].startswith("3.0") else ["paths", "components", "webhooks"]
    if document.data.keys().isdisjoint(enough):
        what = "the document describes nothing: it has no `paths`"
        yield document.error("", what, "write the operations under `paths`, or `paths: {}` if there are none")


def _openapi(document: Document) -> Iterator[GeneratorError]:
    """What OpenAPI asks; each kind of rule relies on those before it."""
    data = forgive(document.data)
    for rule in (_schemas, _document, _defaults):
        faults = list(rule(document, data))
        yield from faults
        if faults:
            break


def _schemas(document: Document, data: dict[str, Json]) -> Iterator[GeneratorError]:
    """Each schema by the dialect of 3.1: the schema of OpenAPI does not say which of them is at fault."""
    if not data["openapi"].startswith("3.1"):
        return
    rules = schema_rules()
    for pointer, schema in walk_schemas(data):
        if pointer.endswith("/schema") or pointer.count("/") == 3:
            for error in rules.iter_errors(schema):
                yield _fault(document, error, pointer)


def _document(document: Document, data: dict[str, Json]) -> Iterator[GeneratorError]:
    for error in document_faults(data):
        yield _fault(document, error, "")


def _defaults(document: Document, data: dict[str, Json]) -> Iterator[GeneratorError]:
    for pointer, error in default_faults(data):
        yield _fault(document, error, f"{pointer}/default")


def _refused(document: Document) -> Iterator[GeneratorError]:
    for error in refusals(document.data):
        yield document.error(error.pointer or "", error.what, error.hint)


def _x_sdk(document: Document) -> Iterator[GeneratorError]:
    schema = json.loads(X_SDK.read_text(encoding="utf-8"))
    for pointer, value in walk_objects(document.data):
        if "x-sdk" not in value:
            continue
        kind = "root" if pointer == "" else "operation"
        rules = validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})
        for error in rules.iter_errors(value["x-sdk"]):
            yield _fault(document, error, f"{pointer}/x-sdk")


def _x_evidence(document: Document) -> Iterator[GeneratorError]:
    for pointer, value in walk_objects(document.data):
        labels = {"x-evidence": value["x-evidence"]} if "x-evidence" in value else {}
        required = value.get("x-evidence-required", {})
        if is_object(required):
            labels |= {f"x-evidence-required/{escape(name)}": label for name, label in required.items()}
        else:
            labels["x-evidence-required"] = required
        for place, label in labels.items():
            if label not in EVIDENCE:
                yield document.error(
                    f"{pointer}/{place}",
                    f"`{label}` is no label of evidence",
                    f"write one of {', '.join(EVIDENCE)}",
                )


def _fault(document: Document, error: ValidationError, base: str) -> GeneratorError:
    closest = _closest(error)
    pointer = base + "".join(f"/{escape(str(part))}" for part in closest.absolute_path)
    message = closest.message.partition("\n")[0]
    # It begins with the value, and says at its end what is wrong with it.
    return document.error(pointer, message if len(message) < 300 else f"{message[:150]} … {message[-150:]}")


def _closest(error: ValidationError) -> ValidationError:
    """The fault inside the branch of a union that was probably meant; the union's own if none stands out."""
    while error.context:
        first, *others = sorted(error.context, key=relevance)
        if others and relevance(first) == relevance(others[0]):
            break
        error = first
    return error


RULES: tuple[Callable[[Document], Iterator[GeneratorError]], ...] = (
    _version,
    _nothing,
    lead_nowhere,
    lead_back,
    contain_themselves,
    _x_sdk,
    _x_evidence,
    _openapi,
    lead_to_other_kinds,
    undeclared,
    _refused,
    misnamed,
)
