"""What a document is judged by: the schemas of OpenAPI itself, and the rules that no schema can say.

openapi-spec-validator and openapi-schema-validator bring the schemas, and their code is not run: it judges
every schema by nine vocabularies in turn, remembers what it saw in a list that it searches from the start,
says nothing of where a fault is, and takes another validator where one happens to be installed. Here each
question is asked once, by `jsonschema`, on every machine.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from referencing import Registry

from .loading.json_data import Json, as_list, as_object, is_list, is_object, resolve
from .loading.openapi30 import upgrade_openapi30
from .loading.schemas import walk_schemas

VERSIONS = ("3.0", "3.1")
# Where the packages keep the vocabularies: OpenAPI's own, and those of JSON Schema 2020-12.
_BASE = "openapi_schema_validator/schemas/oas3.1/vocabularies/base"
_JSON_SCHEMA = "jsonschema_specifications/schemas/draft202012"
_DOCUMENT = "openapi_spec_validator/resources/schemas/v{}/schema.json"
_FORMATS = FormatChecker(["regex"])


def document_faults(data: dict[str, Json]) -> Iterator[ValidationError]:
    """Where a document of 3.0 or 3.1 is not what OpenAPI's own schema says."""
    rules = _prepared(_shipped(_DOCUMENT.format(str(data["openapi"])[:3])))
    yield from rules.iter_errors(data)


def _prepared(schema: dict[str, Any]) -> Validator:
    """A validator that has found its anchors before it begins."""
    nothing: Registry[Any] = Registry()
    known = nothing.with_contents([("", schema)]).crawl()
    kind = _inside(schema, validator_for(schema))
    return kind(schema, registry=known, format_checker=_FORMATS)


def _inside(root: dict[str, Any], kind: type[Validator]) -> type[Validator]:
    """A kind of validator whose references all lead into `root`: each is looked up once."""

    @cache
    def target(reference: str) -> Any:
        return resolve(root, reference[1:])

    def follow(rules: Any, reference: str, instance: Any, _: Any) -> Iterator[ValidationError]:
        yield from rules.descend(instance, target(reference))

    def unevaluated(
        rules: Any, rule: Json, instance: Any, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        # What `properties` names is evaluated there; to find that out again is half of the work.
        if not (is_object(instance) and instance.keys() <= as_object(schema.get("properties")).keys()):
            yield from asked(rules, rule, instance, schema) or ()

    asked: Any = vars(kind)["VALIDATORS"].get("unevaluatedProperties")
    own = {"$ref": follow} | ({"unevaluatedProperties": unevaluated} if asked else {})
    untyped: Any = import_module("jsonschema.validators")
    found: type[Validator] = untyped.extend(kind, own)
    return found


def default_faults(data: dict[str, Json]) -> Iterator[tuple[str, ValidationError]]:
    """The schemas, by pointer, whose `default` they do not admit; `data` is said in the words of 3.1 then."""
    for _ in upgrade_openapi30(data):
        pass
    kind = _inside(data, Draft202012Validator)
    for pointer, schema in walk_schemas(data):
        if "default" in schema:
            for error in kind(schema).iter_errors(schema["default"]):
                yield pointer, error


def schema_rules() -> Validator:
    """The rules of the dialect of OpenAPI 3.1 for one schema and all that it holds."""
    whole = _shipped(f"{_JSON_SCHEMA}/metaschema.json")
    names = [str(part["$ref"]).removeprefix("meta/") for part in whole["allOf"]]
    parts = [_shipped(f"{_JSON_SCHEMA}/vocabularies/{name}") for name in names]
    flat = _flat([_shipped(_BASE), whole, *parts])
    return _inside(flat, Draft202012Validator)(flat, format_checker=_FORMATS)


def _shipped(path: str) -> dict[str, Any]:
    """A schema, as a package brings it; the package is not imported."""
    package, _, name = path.partition("/")
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    return as_object(json.loads((Path(found.origin).parent / name).read_text(encoding="utf-8")))


def _flat(vocabularies: list[dict[str, Any]]) -> dict[str, Any]:
    """One schema that says what all of them say, so that a schema is visited once and not once for each.

    Raises AssertionError if two of them speak of one keyword: then they are not to be joined in this way.
    """
    joined: dict[str, Any] = {"type": ["object", "boolean"], "properties": {}, "$defs": {}}
    for vocabulary in vocabularies:
        for group in ("properties", "$defs"):
            more = as_object(vocabulary.get(group))
            assert not joined[group].keys() & more.keys(), f"two vocabularies speak of {group}"
            joined[group].update({name: _local(value) for name, value in more.items()})
    return joined


def _local(value: Json) -> Json:
    """A part of a vocabulary with references into the joined schema."""
    if is_list(value):
        return [_local(item) for item in as_list(value)]
    if not is_object(value):
        return value
    if "$dynamicRef" in value:
        return {"$ref": "#"}
    return {
        key: f"#{item.partition('#')[2]}" if key == "$ref" and isinstance(item, str) else _local(item)
        for key, item in value.items()
    }
