"""Checks requests and answers against the contract that the package carries; needs the extra `conformance`.

Off unless the caller asks for it: jschon, the validator, is imported only then.
"""

import json
import warnings
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from ..contract import Body, Call, Operation, Settings
from ..errors import ArgumentError, ConfigurationError
from ..request.files import is_file
from ..request.scalars import json_text
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse

_CONTRACT = Path(__file__).parents[2] / "_contract.json"
# A fault causes a problem for each branch of a union, so the first problems are enough.
_MAX_PROBLEMS = 4


class ConformanceWarning(UserWarning):
    """A request or an answer is not as the contract says."""


class _Checks(NamedTuple):
    """Compiled schemas by name, and by `METHOD path` the checks of the request and of each response."""

    schemas: Mapping[str, Any]
    operations: Mapping[str, Any]


class Conformance:
    """Checks requests and answers.

    In the mode `warn` a problem is a warning, in the mode `error` an error.
    """

    def __init__(self, settings: Settings, mode: Literal["off", "warn", "error"]) -> None:
        self._schemas, self._operations = load(settings.package)
        self._is_strict = mode == "error"

    def check_request(self, operation: Operation, body: Body, values: Mapping[str, object]) -> None:
        """Check the properties of a body before anything is sent; raises ArgumentError."""
        route = operation.route
        check = self._operations.get(route, {}).get("request", {}).get(body.media_type)
        if check is None:
            return
        instance = {name: _as_json(name, value, name in body.files) for name, value in values.items()}
        is_one_value = body.is_scalar and instance.keys() == {"body"}
        problems = self._problems(check, instance["body"] if is_one_value else instance)
        if problems and self._is_strict:
            raise ArgumentError(f"the request is not as the contract says: {'; '.join(problems)}")
        _warn(f"{route}: the request", problems)

    def check_response(self, call: Call[Any], raw: RawResponse) -> tuple[str, ...]:
        """Check an answer that can be read, and return every problem as drift.

        Raises UnexpectedResponseError. Properties that are not in the contract are added to the drift and
        raise nothing.
        """
        route = call.operation.route
        responses = self._operations.get(route, {}).get("responses", {})
        checks = responses.get(str(raw.status_code), responses.get("2XX", responses.get("default")))
        problems: list[str] = []
        unknown_properties: list[str] = []
        if checks is None:
            problems = [f"the contract has no status {raw.status_code}"]
        elif raw.media_type.endswith("json") and checks.get(raw.media_type) is not None:
            check, instance = checks[raw.media_type], raw.json()
            problems = self._problems(check, instance)
            unknown_properties = _unknown_properties(check, instance)
        if problems and self._is_strict:
            raise_unreadable(route, raw, problems)
        _warn(f"{route}: the answer", problems)
        return (*problems, *unknown_properties)

    def _problems(self, check: Mapping[str, Any], instance: object) -> list[str]:
        """Return the problems of an instance, the most precise first."""
        try:
            evaluation = self._schemas[check["schema"]].evaluate(_import_jschon().JSON(instance))
        except RecursionError:
            return ["nested too deeply to check"]
        if evaluation.valid:
            return []
        errors = cast("list[dict[str, str]]", evaluation.output("basic")["errors"])
        # An error deep inside the instance is more precise than the error that no branch of a union fits.
        errors.sort(key=lambda error: -error["instanceLocation"].count("/"))
        lines = (f"{error['instanceLocation'] or '/'}: {error['error']}" for error in errors)
        return list(dict.fromkeys(lines))[:_MAX_PROBLEMS]


def _unknown_properties(check: Mapping[str, Any], instance: object) -> list[str]:
    """Return a line for each property that is not in the schema, unless the schema admits any name."""
    if "properties" not in check or not isinstance(instance, dict):
        return []
    names = cast("dict[str, object]", instance).keys() - set(check["properties"])
    return [f"/{name}: not a property of the contract" for name in sorted(names)]


def _as_json(name: str, value: object, takes_files: bool) -> Any:
    """Return a value as JSON; a file becomes an empty string, because the contract types it as a string."""
    if is_file(value) or (takes_files and isinstance(value, str)):
        return ""
    if isinstance(value, list | tuple):
        return [_as_json(name, item, takes_files) for item in cast("list[object]", value)]
    return json.loads(json_text(name, value))


def _warn(subject: str, problems: list[str]) -> None:
    if problems:
        message = f"{subject} is not as the contract says: {'; '.join(problems)}"
        warnings.warn(message, ConformanceWarning, stacklevel=2)


def _import_jschon() -> Any:
    """Return the validator's module.

    It is imported by name, because type checkers would report a missing module.
    """
    return import_module("jschon")


@lru_cache(maxsize=1)
def load(package: str) -> _Checks:
    """Return the checks of the contract that the package carries; they are read once.

    Raises ConfigurationError if the contract or the validator is missing.
    """
    try:
        jschon = _import_jschon()
    except ImportError:
        hint = f"pip install '{package.replace('_', '-')}[conformance]'"
        raise ConfigurationError("conformance: jschon is not installed", hint=hint) from None
    try:
        contract = json.loads(_CONTRACT.read_bytes())
    except OSError:
        raise ConfigurationError("conformance: this package carries no contract") from None
    with warnings.catch_warnings():
        # jschon calls outdated functions of rfc3986, which warns of that.
        warnings.simplefilter("ignore", DeprecationWarning)
        catalog = jschon.create_catalog("2020-12", name=package)
        schemas = jschon.JSONSchema(contract["schema"], catalog=catalog)["$defs"]
    return _Checks(schemas, contract["operations"])
