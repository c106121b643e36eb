"""Checks requests and answers against the contract that the package carries; needs the extra `conformance`.

Off unless asked for: then this module is never imported.
"""

import json
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from ..contract import Body, Call, Operation, Settings
from ..errors import ArgumentError, ConfigurationError
from ..request.files import is_file
from ..request.scalars import json_text
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse, Result

R = TypeVar("R")

_CONTRACT = Path(__file__).parents[2] / "_contract.json"
# More problems than these are repetitions of the first.
_MOST = 4


class ConformanceWarning(UserWarning):
    """A request or an answer is not as the contract says."""


class Conformance:
    """Checks in one mode: `warn` says what does not conform, `error` raises it."""

    def __init__(self, settings: Settings, mode: Literal["off", "warn", "error"]) -> None:
        self._schemas, self._operations = load(settings.package)
        self._strict = mode == "error"

    def check_request(self, operation: Operation, body: Body, values: Mapping[str, object]) -> None:
        """Check a body's members; raises ArgumentError, before anything is sent."""
        route = operation.route
        check = self._operations.get(route, {}).get("request", {}).get(body.media_type)
        if check is None:
            return
        instance = {name: _plain(name, value, name in body.files) for name, value in values.items()}
        whole = body.is_scalar and instance.keys() == {"body"}
        problems = self._problems(check, instance["body"] if whole else instance)
        if problems and self._strict:
            raise ArgumentError(f"the request is not as the contract says: {'; '.join(problems)}")
        _warn(f"{route}: the request", problems)

    def check_result(self, call: Call[R], raw: RawResponse, result: R) -> R:
        """Check an answer, and tell all that is wrong in its `meta.drift`; raises UnexpectedResponseError."""
        route = call.operation.route
        known = self._operations.get(route, {}).get("responses", {})
        checks = known.get(str(raw.status_code), known.get("2XX", known.get("default")))
        problems: list[str] = []
        unknown: list[str] = []
        if checks is None:
            problems = [f"the contract knows no status {raw.status_code}"]
        elif raw.media_type.endswith("json") and checks.get(raw.media_type) is not None:
            check, data = checks[raw.media_type], raw.json()
            problems, unknown = self._problems(check, data), _unknown(check, data)
        if problems and self._strict:
            raise_unreadable(route, raw, problems)
        _warn(f"{route}: the answer", problems)
        if isinstance(result, Result):
            result.add_drift(*problems, *unknown)
        return result

    def _problems(self, check: Mapping[str, Any], instance: object) -> list[str]:
        """Say what is wrong, the most telling first."""
        try:
            found = self._schemas[check["schema"]].evaluate(_jschon().JSON(instance))
        except RecursionError:
            return ["nested too deeply to check"]
        if found.valid:
            return []
        errors = cast("list[dict[str, str]]", found.output("basic")["errors"])
        # What stands deep inside the instance says more than that no branch of a union fits.
        errors.sort(key=lambda error: -error["instanceLocation"].count("/"))
        lines = (f"{error['instanceLocation'] or '/'}: {error['error']}" for error in errors)
        return list(dict.fromkeys(lines))[:_MOST]


def _unknown(check: Mapping[str, Any], instance: object) -> list[str]:
    """Name the members that no branch of the schema knows, unless it is open to any name."""
    if "members" not in check or not isinstance(instance, dict):
        return []
    names = cast("dict[str, object]", instance).keys() - set(check["members"])
    return [f"/{name}: the contract knows no such member" for name in sorted(names)]


def _plain(name: str, value: object, file: bool) -> Any:
    """Give a value as JSON would hold it; a file becomes a string, as the contract types it."""
    if is_file(value) or (file and isinstance(value, str)):
        return ""
    if isinstance(value, list | tuple):
        return [_plain(name, item, file) for item in cast("list[object]", value)]
    return json.loads(json_text(name, value))


def _warn(what: str, problems: list[str]) -> None:
    if problems:
        warnings.warn(f"{what} is not as the contract says: {'; '.join(problems)}", ConformanceWarning, 2)


def _jschon() -> Any:
    """The validator: an extra, so that type checkers of a client without it miss nothing."""
    from importlib import import_module

    return import_module("jschon")


@lru_cache(maxsize=1)
def load(package: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Read the contract, once: its schemas by name, and by `METHOD path` which of them checks what.

    Raises ConfigurationError if it, or the validator, is not there.
    """
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
        # rfc3986, which jschon resolves its references with, calls what it is asked outdated.
        warnings.simplefilter("ignore", DeprecationWarning)
        catalog = jschon.create_catalog("2020-12", name=package)
        return jschon.JSONSchema(contract["schema"], catalog=catalog)["$defs"], contract["operations"]
