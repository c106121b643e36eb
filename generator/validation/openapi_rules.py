"""The document is OpenAPI 3.0 or 3.1, as the schemas of the standards say."""

from ..loading.document import Document
from ..loading.json_data import Json, copy_json
from ..loading.openapi30 import upgrade_openapi30
from ..loading.schemas import walk_schemas
from .faults import Faults, locate
from .openapi_schemas import dialect_validator, find_document_errors

VERSIONS = ("3.0", "3.1")


def check_version(document: Document) -> Faults:
    """Check that the document names a version of OpenAPI that can be built."""
    version = document.data.get("openapi")
    if version is None:
        yield document.error("/openapi", "the version of OpenAPI is missing", "write `openapi: 3.1.0`")
    elif not isinstance(version, str) or version[:3] not in VERSIONS:
        problem = f"OpenAPI version `{version}` is not supported"
        yield document.error("/openapi", problem, "write the document in 3.1, and `openapi: 3.1.0`")


def check_has_paths_or_components(document: Document) -> Faults:
    """Check that the document has `paths`, or in OpenAPI 3.1 `components` or `webhooks`.

    OpenAPI's own schema rejects an empty document with a message that repeats it and does not say what is
    missing.
    """
    fields = ["paths"] if document.data["openapi"].startswith("3.0") else ["paths", "components", "webhooks"]
    if document.data.keys().isdisjoint(fields):
        problem = "the document describes nothing: it has no `paths`"
        yield document.error(
            "", problem, "write the operations under `paths`, or `paths: {}` if there are none"
        )


def check_openapi(document: Document) -> Faults:
    """Check that the document follows the schemas of OpenAPI."""
    # A document of 3.0 is checked as it is lowered: restated as 3.1. So `const`, or a list of types, has its
    # meaning of 3.1 there, which is the only one that it can have.
    data = copy_json(document.data)
    for _ in upgrade_openapi30(data):
        pass
    data["openapi"] = "3.1.0"
    for rule in (_check_schemas, _check_document):
        # What is checked second relies on what is checked first.
        faults = list(rule(document, data))
        yield from faults
        if faults:
            break


def _check_schemas(document: Document, data: dict[str, Json]) -> Faults:
    """Check each schema by the dialect of 3.1: OpenAPI's own schema does not say which schema is wrong."""
    validator = dialect_validator()
    for pointer, schema in walk_schemas(data):
        # Only outermost schemas are passed: the validator checks the schemas inside them, too.
        if pointer.endswith("/schema") or pointer.count("/") == 3:
            for error in validator.iter_errors(schema):
                yield locate(document, error, pointer)


def _check_document(document: Document, data: dict[str, Json]) -> Faults:
    for error in find_document_errors(data):
        yield locate(document, error, "")
