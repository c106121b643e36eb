"""The methods of a client by name, such as `things.make`, and whether the arguments of a row fit them.

Nothing here knows a field: a signature says which arguments there are, and `client.prepare` makes the
request of a row without sending it, with all the checks of a call.
"""

import inspect
import json
from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import SDKError
from .annotations import Accepted, accepted_by, problem_of, read_text, resolve_files
from .rows import RawRow, Row

# Arguments that are the batch's own to choose: it decides what is repeated, and its client how long to wait.
_NOT_FOR_ROWS = ("retry_unknown", "timeout")


class BatchSdk(NamedTuple):
    """What generated code says about its client.

    `client` is the asynchronous class. `waits` maps a method that starts a job to the one that waits for it.
    `distribution` is what pip calls the client, and `package` what Python calls it.
    """

    client: Callable[..., Any]
    waits: Mapping[str, str]
    distribution: str
    package: str


class Methods:
    """Checks rows against the methods of a client."""

    def __init__(self, client: Any, folder: Path) -> None:
        """Take paths in rows as relative to `folder`."""
        self._prepare = client.prepare
        self._folder = folder
        self._parameters: dict[str, Mapping[str, Accepted]] = {}

    def check(self, raw: RawRow) -> Row | str:
        """Return the row that can be sent, or what is wrong with it."""
        if raw.values is None:
            return raw.problem
        values = dict(raw.values)
        if not _is_unicode(values):
            return "holds half of a surrogate pair, which is not a character"
        job, row_id = values.pop("job", None), values.pop("id", None)
        if job is not None and not isinstance(job, str):
            return "job: is not a text"
        if job is None:
            return "job: is missing: the method that the row is for, as `RESOURCE.METHOD`"
        parameters = self._parameters_of(job)
        if parameters is None:
            return f"job: there is no method {job!r}"
        is_text_or_number = isinstance(row_id, str | int) and not isinstance(row_id, bool)
        if row_id is not None and (not is_text_or_number or row_id == ""):
            return "id: is neither a text nor a whole number"
        # Where a method has a parameter that is called `id` or `job`, `arguments` holds all that are for it.
        if isinstance(values.get("arguments"), Mapping) and "arguments" not in parameters:
            values = dict(values["arguments"])
        arguments = _read_arguments(values, parameters, is_text=raw.is_text)
        if isinstance(arguments, str):
            return arguments
        problem = self._problem_of_request(job, arguments)
        if problem is not None:
            return problem
        has_own_id = row_id is not None
        name = str(row_id) if has_own_id else f"row-{raw.line:06}"
        return Row(raw.line, name, job, arguments, has_own_id)

    def keywords(self, job: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keyword arguments of a call, with paths as paths."""
        parameters = self._parameters_of(job) or {}
        return {
            name: resolve_files(value, parameters[name], self._folder) if name in parameters else value
            for name, value in arguments.items()
        }

    def _parameters_of(self, job: str) -> Mapping[str, Accepted] | None:
        """Return what each parameter of a method takes; None if the client has no method of that name."""
        if job not in self._parameters:
            method = self._preparing(job)
            if method is None:
                return None
            self._parameters[job] = {
                name: accepted_by(str(parameter.annotation))
                for name, parameter in inspect.signature(method).parameters.items()
                if name not in _NOT_FOR_ROWS
            }
        return self._parameters[job]

    def _preparing(self, job: str) -> Callable[..., object] | None:
        """Return the method that makes the request of `job` and does not send it."""
        if any(part.startswith("_") for part in job.split(".")):
            return None
        try:
            method: object = attrgetter(job)(self._prepare)
        except AttributeError:
            return None
        return method if inspect.ismethod(method) else None

    def _problem_of_request(self, job: str, arguments: Mapping[str, Any]) -> str | None:
        method = self._preparing(job)
        assert method is not None  # its parameters are known
        try:
            method(**self.keywords(job, arguments))
        except SDKError as error:
            return str(error)
        except TypeError as error:  # an argument is missing, as Python says it
            return str(error).partition("() ")[2] or str(error)
        return None


def _is_unicode(values: Mapping[str, Any]) -> bool:
    """Return whether all text can be encoded. JSON can escape half of a pair, which SQLite does not take."""
    try:
        json.dumps(values, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    except (TypeError, ValueError, RecursionError):
        return True  # the check of the arguments names these
    return True


def _read_arguments(
    values: Mapping[str, Any], parameters: Mapping[str, Accepted], *, is_text: bool
) -> dict[str, Any] | str:
    """Return the values as JSON, or what is wrong with the first one that does not fit."""
    arguments: dict[str, Any] = {}
    for name, value in values.items():
        if name not in parameters:
            own = " in a row; the batch decides it" if name in _NOT_FOR_ROWS else ""
            return f"{name}: is not an argument{own}; the arguments are {', '.join(parameters)}"
        argument: object = read_text(value, parameters[name]) if is_text else value
        if isinstance(argument, Path):
            argument = str(argument)
        problem = problem_of(argument, parameters[name])
        if problem is not None:
            return f"{name}: {problem}"
        arguments[name] = argument
    try:
        json.dumps(arguments, allow_nan=False)
    except (TypeError, ValueError) as error:
        return f"a value is not JSON: {error}"
    return arguments
