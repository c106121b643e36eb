"""One probe, in a process of its own: call the operation of a built client, and tell what went out.

`python -m constructs.probe KIND PACKAGE SPEC` prints one JSON object: `sent` (facts about the request),
`value` (what the caller has in hand), `hints` (the types that the signature shows), `told` (what docstrings
and fields say), `otherwise` (how the call differs under asyncio), or `broken` (why there is nothing).
"""

import asyncio
import importlib
import inspect
import io
import json
import pkgutil
import sys
import warnings
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from attrs import field, frozen

from generator.loading.json_data import object_or_empty

from . import values
from .wire import Wire, serving

Given = Mapping[str, Any]
_COMPARED = ("method", "path", "query", "media_type", "json", "form", "parts")


@frozen
class Subject:
    """A built client: its operation, for asyncio as well if it has that, and how a file is given to it."""

    call: Callable[..., Any]
    client: Given
    file: Callable[[bytes], Any]
    call_async: Callable[..., Awaitable[Any]] | None = None
    client_async: Given = field(factory=dict[str, Any])


def main(kind: str, package: str, spec: str) -> dict[str, Any]:
    """Call the operation of `spec` by the client in `package`."""
    probe = yaml.safe_load(Path(spec).read_text(encoding="utf-8"))["x-probe"]
    with serving(probe.get("reply", {"status": 204})) as wire, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        subject = CLIENTS[kind](package, wire)
        hints = values.annotated(subject.call)
        found: dict[str, Any] = {"hints": " ".join(str(hint) for hint in hints.values())}
        found["told"] = values.told(subject.call, hints)
        found |= _tried(lambda given: subject.call(**given, **subject.client), subject, hints, probe, wire)
        found["deprecated"] = any(issubclass(one.category, DeprecationWarning) for one in warned)
        if (call := subject.call_async) is not None:

            async def again(given: Given) -> Any:
                return await call(**given, **subject.client_async)

            other = _tried(lambda given: asyncio.run(again(given)), subject, hints, probe, wire)
            found["otherwise"] = _difference(found, other)
    return found


def _tried(
    call: Callable[[Given], Any], subject: Subject, hints: Given, probe: Given, wire: Wire
) -> dict[str, Any]:
    """What one call sent, and what came of it."""
    found: dict[str, Any] = {}
    wire.sent = None
    try:
        answer = call(arguments(subject.call, hints, probe, subject.file))
        found["value"] = values.as_json(getattr(answer, "parsed", answer))
        headers: Any = getattr(answer, "headers", {}) or {}
        found["headers"] = {str(name).lower(): value for name, value in dict(headers).items()}
    except Exception as error:
        found["raised"] = f"{type(error).__name__}: {error}"
        found["status"] = getattr(error, "status_code", getattr(error, "status", None))
    found["sent"] = wire.sent.facts() if wire.sent else None
    return found


def _difference(found: Given, other: Given) -> str:
    """How the second call of one operation differs from the first; boundaries differ always."""
    sent, again = object_or_empty(found["sent"]), object_or_empty(other["sent"])
    compared = {key: (found.get(key), other.get(key)) for key in ("value", "status")}
    compared |= {key: (sent.get(key), again.get(key)) for key in _COMPARED}
    return "; ".join(f"{key}: {one!r} and {two!r}" for key, (one, two) in compared.items() if one != two)


def arguments(
    function: Callable[..., Any], hints: Given, probe: Given, file: Callable[[bytes], Any]
) -> dict[str, Any]:
    """The arguments of a call: parameters by their names, the body by what remains."""
    names = [name for name in inspect.signature(function).parameters if not name.startswith("_")]
    plain = {_plain(name): name for name in names}
    given: dict[str, Any] = {}
    for wanted, value in probe.get("parameters", {}).items():
        given[_named(wanted, {word: name for word, name in plain.items() if name not in given})] = value
    found = {name: values.argument(hints.get(name), value, file) for name, value in given.items()}
    if "media_type" in probe and "media_type" in names:
        found["media_type"] = probe["media_type"]
    if "body" not in probe:
        return found
    body = probe["body"]
    members = object_or_empty(body)
    if members and "body" not in names and all(_plain(name) in plain for name in members):
        for name, value in members.items():
            found[plain[_plain(name)]] = values.argument(hints.get(plain[_plain(name)]), value, file)
        return found
    name = (
        "body" if "body" in names else next(name for name in names if name not in found and name != "client")
    )
    found[name] = _body(hints.get(name), body, file)
    return found


def _body(hint: Any, body: Any, file: Callable[[bytes], Any]) -> Any:
    given = object_or_empty(body)
    if given.keys() != {values.FILE} and any(map(values.is_file, given.values())):
        for cls in values.classes(hint):
            if {*given} <= {*inspect.signature(cls).parameters}:
                return values.members(cls, given, file)
    return values.argument(hint, body, file)


def _named(wanted: str, plain: Mapping[str, str]) -> str:
    """The parameter of a name; generators call those of one name in two places each in their own way."""
    word = _plain(wanted)
    if word in plain:
        return plain[word]
    last = wanted.rpartition("_")[2]
    return next(name for one, name in plain.items() if one.startswith(last))


def _plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _module(package: str) -> ModuleType:
    root = importlib.import_module(f"{package}.api")
    for module in pkgutil.walk_packages(root.__path__, f"{package}.api."):
        if not module.ispkg:
            return importlib.import_module(module.name)
    raise ModuleNotFoundError("there is no operation in the client")


def _ours(package: str, wire: Wire) -> Subject:
    root, module = importlib.import_module(package), _module(package)
    options: dict[str, Any] = {"api_key": "a:b", "base_url": wire.url, "max_retries": 0}
    return Subject(
        module.sync_detailed,
        {"client": root.Probe(**options)},
        lambda content: ("a.bin", content),
        module.asyncio_detailed,
        {"client": root.AsyncProbe(**options)},
    )


def _stock(package: str, wire: Wire) -> Subject:
    module, root = _module(package), importlib.import_module(package)
    wanted = str(inspect.signature(module.sync_detailed).parameters["client"].annotation)
    both = "AuthenticatedClient" in wanted
    client = (
        root.AuthenticatedClient(base_url=wire.url, token="a:b") if both else root.Client(base_url=wire.url)
    )
    make = importlib.import_module(f"{package}.types").File
    given = {"client": client}
    return Subject(
        module.sync_detailed,
        given,
        lambda content: make(io.BytesIO(content), "a.bin"),
        module.asyncio_detailed,
        given,
    )


def _peer(package: str, wire: Wire) -> Subject:
    root = importlib.import_module(package)
    key = dict.fromkeys(("key", "cookieKey", "queryKey"), "a:b")
    configuration = root.Configuration(
        host=wire.url, api_key=key, access_token="a:b", username="a", password="b", retries=False
    )
    api = next(value for name, value in vars(root).items() if name.endswith("Api"))(
        root.ApiClient(configuration)
    )
    names = [name for name in dir(api) if not name.startswith("_") and callable(getattr(api, name))]
    # Each operation has three methods; the shortest gives what the contract says.
    name = "probe" if "probe" in names else min(names, key=len)
    return Subject(getattr(api, name), {}, lambda content: ("a.bin", content))


CLIENTS: Mapping[str, Callable[[str, Wire], Subject]] = {"ours": _ours, "stock": _stock, "peer": _peer}

if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:
        print(json.dumps({"broken": f"{type(error).__name__}: {error}"}))
