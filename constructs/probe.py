"""One probe, in a process of its own: call the operation of a built client, and tell what went out.

`python -m constructs.probe KIND PACKAGE SPEC` prints one JSON object: `sent` (facts about the request),
`value` (what the caller has in hand), `hints` (the types that the signature shows), or `broken` (why there is
nothing).
"""

import importlib
import inspect
import io
import json
import pkgutil
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from . import values
from .wire import Wire, serving

Given = Mapping[str, Any]


def main(kind: str, package: str, spec: str) -> dict[str, Any]:
    """Call the operation of `spec` by the client in `package`."""
    probe = yaml.safe_load(Path(spec).read_text(encoding="utf-8"))["x-probe"]
    with serving(probe.get("reply", {"status": 204})) as wire, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        function, client, file = CLIENTS[kind](package, wire)
        hints = values.annotated(function)
        found: dict[str, Any] = {"hints": " ".join(str(hint) for hint in hints.values())}
        try:
            given = arguments(function, hints, probe, file)
            answer = function(**given, **client)
            found["value"] = values.as_json(getattr(answer, "parsed", answer))
            found["headers"] = {
                str(k).lower(): v for k, v in dict(getattr(answer, "headers", {}) or {}).items()
            }
        except Exception as error:
            found["raised"] = f"{type(error).__name__}: {error}"
            found["status"] = getattr(error, "status_code", getattr(error, "status", None))
        found["deprecated"] = any(issubclass(one.category, DeprecationWarning) for one in warned)
        found["sent"] = wire.sent.facts() if wire.sent else None
    return found


def arguments(
    function: Callable[..., Any], hints: Given, probe: Given, file: Callable[[bytes], Any]
) -> dict[str, Any]:
    """The arguments of a call: parameters by their names, the body by what remains."""
    names = [name for name in inspect.signature(function).parameters if not name.startswith("_")]
    plain = {_plain(name): name for name in names}
    given = {plain[_plain(name)]: value for name, value in probe.get("parameters", {}).items()}
    found = {name: values.argument(hints.get(name), value, file) for name, value in given.items()}
    if "media_type" in probe and "media_type" in names:
        found["media_type"] = probe["media_type"]
    if "body" not in probe:
        return found
    body = probe["body"]
    if isinstance(body, Mapping) and "body" not in names and all(_plain(name) in plain for name in body):
        for name, value in body.items():
            found[plain[_plain(name)]] = values.argument(hints.get(plain[_plain(name)]), value, file)
        return found
    name = (
        "body" if "body" in names else next(name for name in names if name not in found and name != "client")
    )
    found[name] = _body(hints.get(name), body, file)
    return found


def _body(hint: Any, body: Any, file: Callable[[bytes], Any]) -> Any:
    if isinstance(body, Mapping) and set(body) != {values.FILE} and any(map(values.is_file, body.values())):
        for cls in values.classes(hint):
            if {*body} <= {*inspect.signature(cls).parameters}:
                return values.members(cls, body, file)
    return values.argument(hint, body, file)


def _plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _module(package: str) -> ModuleType:
    root = importlib.import_module(f"{package}.api")
    for module in pkgutil.walk_packages(root.__path__, f"{package}.api."):
        if not module.ispkg:
            return importlib.import_module(module.name)
    raise ModuleNotFoundError("there is no operation in the client")


def _ours(package: str, wire: Wire) -> tuple[Callable[..., Any], dict[str, Any], Callable[[bytes], Any]]:
    client = importlib.import_module(package).Probe(api_key="a:b", base_url=wire.url, max_retries=0)
    return _module(package).sync_detailed, {"client": client}, lambda content: ("a.bin", content)


def _stock(package: str, wire: Wire) -> tuple[Callable[..., Any], dict[str, Any], Callable[[bytes], Any]]:
    module, root = _module(package), importlib.import_module(package)
    wanted = str(inspect.signature(module.sync_detailed).parameters["client"].annotation)
    both = "AuthenticatedClient" in wanted
    client = (
        root.AuthenticatedClient(base_url=wire.url, token="a:b") if both else root.Client(base_url=wire.url)
    )
    file = importlib.import_module(f"{package}.types").File
    return module.sync_detailed, {"client": client}, lambda content: file(io.BytesIO(content), "a.bin")


def _peer(package: str, wire: Wire) -> tuple[Callable[..., Any], dict[str, Any], Callable[[bytes], Any]]:
    root = importlib.import_module(package)
    key = dict.fromkeys(("key", "cookieKey", "queryKey"), "a:b")
    configuration = root.Configuration(
        host=wire.url, api_key=key, access_token="a:b", username="a", password="b", retries=False
    )
    api = next(value for name, value in vars(root).items() if name.endswith("Api"))
    return api(root.ApiClient(configuration)).probe, {}, lambda content: ("a.bin", content)


CLIENTS = {"ours": _ours, "stock": _stock, "peer": _peer}

if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:
        print(json.dumps({"broken": f"{type(error).__name__}: {error}"}))
