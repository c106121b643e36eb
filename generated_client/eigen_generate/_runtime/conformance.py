import json
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast

from .errors import ArgumentError, ConfigurationError
from .files import is_file
from .plan import Body, Call, Operation, Settings
from .readings import refuse
from .results import RawResponse
from .scalars import json_text

R = TypeVar("R")

_CONTRACT = Path(__file__).parent.parent / "_contract.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BASE = "https://contract.invalid/"
_MOST = 4


class ConformanceWarning(UserWarning):
    """A request or an answer is not as the contract says."""


class Conformance:
    def __init__(self, settings: Settings, mode: Literal["off", "warn", "error"]) -> None:
        self._operations = load(settings.package)
        self._strict = mode == "error"

    def check_request(self, operation: Operation, body: Body, values: Mapping[str, object]) -> None:
        known = self._operations.get(f"{operation.method} {operation.path}", {})
        check = known.get("request", {}).get(body.media_type)
        if check is None:
            return
        instance = {name: _plain(name, value, name in body.files) for name, value in values.items()}
        problems = check.problems(
            instance["body"] if body.whole and instance.keys() == {"body"} else instance
        )
        if problems and self._strict:
            raise ArgumentError(f"the request is not as the contract says: {'; '.join(problems)}")
        _warn(f"{operation.method} {operation.path}: the request", problems)

    def check_result(self, call: Call[R], raw: RawResponse, result: R) -> R:
        operation = call.operation
        known = self._operations.get(f"{operation.method} {operation.path}", {}).get("responses", {})
        contents = known.get(str(raw.status_code), known.get("2XX", known.get("default")))
        problems: list[str] = []
        unknown: list[str] = []
        if contents is None:
            problems = [f"the contract knows no status {raw.status_code}"]
        elif raw.media_type.endswith("json") and contents.get(raw.media_type) is not None:
            data = raw.json()
            problems = contents[raw.media_type].problems(data)
            unknown = contents[raw.media_type].unknown(data)
        if problems and self._strict:
            refuse(f"{operation.method} {operation.path}", raw, problems)
        _warn(f"{operation.method} {operation.path}: the answer", problems)
        if problems or unknown:
            holder: Any = result
            holder.meta = holder.meta._replace(drift=(*holder.meta.drift, *problems, *unknown))
        return result


class _Check:
    def __init__(self, schema: Any, names: frozenset[str], open_ended: bool) -> None:
        self._schema = schema
        self._names = names
        self._open_ended = open_ended

    def problems(self, instance: object) -> list[str]:
        found = self._schema.evaluate(_jschon().JSON(instance))
        if found.valid:
            return []
        errors = cast("list[dict[str, str]]", found.output("basic")["errors"])
        errors.sort(key=lambda error: -error["instanceLocation"].count("/"))
        lines = (f"{error['instanceLocation'] or '/'}: {error['error']}" for error in errors)
        return list(dict.fromkeys(lines))[:_MOST]

    def unknown(self, instance: object) -> list[str]:
        if self._open_ended or not isinstance(instance, dict):
            return []
        names = cast("dict[str, object]", instance).keys() - self._names
        return [f"/{name}: the contract knows no such member" for name in sorted(names)]


def _plain(name: str, value: object, file: bool) -> Any:
    if is_file(value) or (file and isinstance(value, str)):
        return ""
    if isinstance(value, list | tuple):
        return [_plain(name, item, file) for item in cast("list[object]", value)]
    return json.loads(json_text(name, value))


def _warn(what: str, problems: list[str]) -> None:
    if problems:
        warnings.warn(f"{what} is not as the contract says: {'; '.join(problems)}", ConformanceWarning, 2)


def _jschon() -> Any:
    from importlib import import_module

    return import_module("jschon")


@lru_cache(maxsize=1)
def load(package: str) -> Mapping[str, Mapping[str, Any]]:
    try:
        jschon = _jschon()
    except ImportError:
        hint = f"pip install '{package.replace('_', '-')}[conformance]'"
        raise ConfigurationError("conformance: jschon is not installed", hint=hint) from None
    try:
        contract = json.loads(_CONTRACT.read_bytes())
    except OSError:
        raise ConfigurationError("conformance: this package carries no contract") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        catalog = jschon.create_catalog("2020-12", name=package)
        definitions: Any = contract["definitions"]
        schema = {"$schema": _DIALECT, "$id": _BASE + "definitions", "$defs": definitions}
        jschon.JSONSchema(schema, catalog=catalog)
        return MappingProxyType(
            {
                route: _checks(route, known, definitions, catalog)
                for route, known in contract["operations"].items()
            }
        )


def _checks(route: str, known: dict[str, Any], definitions: dict[str, Any], catalog: Any) -> dict[str, Any]:
    return {
        "request": {
            media: _check(f"{route} {media}", schema, definitions, catalog)
            for media, schema in known["request"].items()
        },
        "responses": {
            status: {
                media: _check(f"{route} {status} {media}", schema, definitions, catalog)
                for media, schema in content.items()
            }
            for status, content in known["responses"].items()
        },
    }


def _check(name: str, schema: Any, definitions: dict[str, Any], catalog: Any) -> _Check | None:
    if schema is None:
        return None
    if isinstance(schema, bool):
        schema = {"allOf": [schema]}
    parts = list(_branches(schema, definitions, frozenset()))
    names = frozenset(member for part in parts for member in part.get("properties", {}))
    open_ended = any("patternProperties" in part for part in parts) or not names
    root = {"$schema": _DIALECT, "$id": _BASE + name.encode().hex(), **_absolute(schema)}
    return _Check(_jschon().JSONSchema(root, catalog=catalog), names, open_ended)


def _branches(schema: Any, definitions: dict[str, Any], seen: frozenset[str]) -> Iterator[dict[str, Any]]:
    if not isinstance(schema, dict):
        return
    own = cast("dict[str, Any]", schema)
    yield own
    reference = str(own.get("$ref", "")).removeprefix("#/$defs/")
    if reference in definitions and reference not in seen:
        yield from _branches(definitions[reference], definitions, seen | {reference})
    for key in ("allOf", "anyOf", "oneOf"):
        for branch in own.get(key, ()):
            yield from _branches(branch, definitions, seen)
    for key in ("if", "then", "else"):
        yield from _branches(own.get(key), definitions, seen)


def _absolute(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_absolute(item) for item in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    own = cast("dict[str, Any]", schema)
    return {
        key: _BASE + "definitions" + value
        if key == "$ref" and isinstance(value, str) and value.startswith("#")
        else _absolute(value)
        for key, value in own.items()
    }
