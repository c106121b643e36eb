"""The schemas of OpenAPI, as validators that are fast and name the place of a fault.

openapi-spec-validator and openapi-schema-validator contain the schemas. Their code is not run, for these
reasons: it checks every schema by nine vocabularies in turn, it searches a list of visited schemas from the
start each time, it does not name the place of a fault, and it uses another validator if that is installed.
Here each check runs once, on every machine: jsonschema-rs says in a fiftieth of the time whether there is an
error at all, and `jsonschema` says what is wrong.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from referencing import Registry

from ..loading.json_data import Json, is_list, is_object, list_or_empty, object_or_empty, resolve
from ..loading.schemas import walk_schemas

# Where the packages keep OpenAPI's own vocabulary, those of JSON Schema 2020-12, and the document's schema.
_OPENAPI_VOCABULARY = "openapi_schema_validator/schemas/oas3.1/vocabularies/base"
_JSON_SCHEMA = "jsonschema_specifications/schemas/draft202012"
_DOCUMENT_SCHEMA = "openapi_spec_validator/resources/schemas/v3.1/schema.json"
# The one format that changes what can be built: a `pattern` that is not a regular expression.
_FORMATS = FormatChecker(["regex"])


def _is_regular_expression(value: Any) -> bool:
    return bool(_FORMATS.conforms(value, "regex"))


def _is_anything(value: Any) -> bool:
    """Admit what the other formats of OpenAPI's schemas say: none of them changes what can be built."""
    del value
    return True


_QUICK_FORMATS = {
    "regex": _is_regular_expression,
    **dict.fromkeys(("email", "media-range", "uri", "uri-reference"), _is_anything),
}


class QuickValidator:
    """A JSON Schema as a validator that takes little time for a value without errors."""

    def __init__(self, schema: dict[str, Any], exact_validator: Validator) -> None:
        """Take a schema twice: as data, and as the validator that knows its errors."""
        self._quick_validator = jsonschema_rs.Draft202012Validator(
            schema, formats=_QUICK_FORMATS, validate_formats=True
        )
        self._exact_validator = exact_validator

    def iter_errors(self, value: Json) -> Iterator[ValidationError]:
        """Yield the errors of a value."""
        if not self._is_surely_valid(value):
            yield from self._exact_validator.iter_errors(value)

    def _is_surely_valid(self, value: Json) -> bool:
        try:
            return self._quick_validator.is_valid(value)
        except ValueError:  # a number without a form in JSON, such as 1e999
            return False


def find_document_errors(data: dict[str, Json]) -> Iterator[ValidationError]:
    """Yield the errors of a document of 3.1 by OpenAPI's own schema."""
    schema = _read_packaged_schema(_DOCUMENT_SCHEMA)
    empty_registry: Registry[Any] = Registry()
    # Anchors are searched once, before validation begins, and not again at each reference.
    registry = empty_registry.with_contents([("", schema)]).crawl()
    validator_class = _with_local_references(schema, validator_for(schema))
    exact_validator = validator_class(schema, registry=registry, format_checker=_FORMATS)
    yield from QuickValidator(schema, exact_validator).iter_errors(data)


def find_wrong_defaults(data: dict[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield each schema that does not admit its own `default`, with its pointer; `data` is valid 3.1."""
    validator_class = _with_local_references(data, Draft202012Validator)
    for pointer, schema in walk_schemas(data):
        if "default" in schema and not validator_class(schema).is_valid(schema["default"]):
            yield pointer, schema


def dialect_validator() -> QuickValidator:
    """Return a validator for schemas in the dialect of OpenAPI 3.1, including the schemas inside them."""
    metaschema = _read_packaged_schema(f"{_JSON_SCHEMA}/metaschema.json")
    names = [str(part["$ref"]).removeprefix("meta/") for part in metaschema["allOf"]]
    vocabularies = [_read_packaged_schema(f"{_JSON_SCHEMA}/vocabularies/{name}") for name in names]
    joined = _join_vocabularies([_read_packaged_schema(_OPENAPI_VOCABULARY), metaschema, *vocabularies])
    validator_class = _with_local_references(joined, Draft202012Validator)
    return QuickValidator(joined, validator_class(joined, format_checker=_FORMATS))


def _with_local_references(root: dict[str, Any], validator_class: type[Validator]) -> type[Validator]:
    """Return a validator class whose references all lead into `root`, each looked up once."""

    @cache
    def target_of(reference: str) -> Any:
        return resolve(root, reference[1:])

    def check_reference(validator: Any, reference: str, instance: Any, _: Any) -> Iterator[ValidationError]:
        yield from validator.descend(instance, target_of(reference))

    def check_unevaluated(
        validator: Any, keyword_value: Json, instance: Any, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        # What `properties` names is evaluated there; finding that out again takes half of the time.
        if not (is_object(instance) and instance.keys() <= object_or_empty(schema.get("properties")).keys()):
            yield from original_check(validator, keyword_value, instance, schema) or ()

    original_check: Any = vars(validator_class)["VALIDATORS"].get("unevaluatedProperties")
    checks = {"$ref": check_reference} | (
        {"unevaluatedProperties": check_unevaluated} if original_check else {}
    )
    # `extend` has no types: it is imported as a value of type Any.
    untyped_module: Any = import_module("jsonschema.validators")
    extended_class: type[Validator] = untyped_module.extend(validator_class, checks)
    return extended_class


def _read_packaged_schema(path: str) -> dict[str, Any]:
    """Return a schema that a package brings. `path` begins with the package, which is not imported."""
    package, _, name = path.partition("/")
    module_spec = find_spec(package)
    assert module_spec is not None
    assert module_spec.origin is not None
    return object_or_empty(json.loads((Path(module_spec.origin).parent / name).read_text(encoding="utf-8")))


def _join_vocabularies(vocabularies: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one schema with the rules of all vocabularies, so that each schema is visited once.

    Raises AssertionError if two of them define the same keyword: then they cannot be joined in this way.
    """
    joined: dict[str, Any] = {"type": ["object", "boolean"], "properties": {}, "$defs": {}}
    for vocabulary in vocabularies:
        for group in ("properties", "$defs"):
            definitions = object_or_empty(vocabulary.get(group))
            assert not joined[group].keys() & definitions.keys(), f"two vocabularies define the same {group}"
            joined[group].update({name: _localize(value) for name, value in definitions.items()})
    return joined


def _localize(value: Json) -> Json:
    """Return a part of a vocabulary with its references pointing into the joined schema."""
    if is_list(value):
        return [_localize(item) for item in list_or_empty(value)]
    if not is_object(value):
        return value
    if "$dynamicRef" in value:  # in a metaschema always "any schema": the joined schema itself
        return {"$ref": "#"}
    return {
        key: f"#{item.partition('#')[2]}" if key == "$ref" and isinstance(item, str) else _localize(item)
        for key, item in value.items()
    }
