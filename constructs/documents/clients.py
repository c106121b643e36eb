"""The operations of a built client, and how they are called, for each of the generators."""

import base64
import importlib
import inspect
import io
import pkgutil
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import httpx
from attrs import frozen

from generator.loading.json_data import object_or_empty

from .. import values
from .contract import Contract, Operation, Parameter, route_of

Handler = Callable[[httpx.Request], httpx.Response]
# Where every request goes; `.invalid` is reserved for hosts that nothing answers for (RFC 2606, 2).
HOST = "https://api.invalid"
KEY = "key:word"
_OTHER_ARGUMENTS = ("client", "body", "media_type")


@frozen
class BuiltOperation:
    """An operation of a client: its module, and the types of its arguments."""

    module: ModuleType
    hints: Mapping[str, Any]

    def call(self, client: Any, arguments: Mapping[str, Any]) -> Any:
        """Call it, and return the answer as the client types it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecated operations say so
            return self.module.sync_detailed(client=client, **arguments)

    def name_of(self, operation: Operation, parameter: Parameter) -> str | None:
        """Return the name of the argument that is a parameter of the document; None if there is none."""
        names = list(inspect.signature(self.module.sync_detailed).parameters)
        plain_names = {_plain(name): name for name in names if name not in _OTHER_ARGUMENTS}
        plain_names |= {_plain(name): name for name in names if name.rstrip("_") in _OTHER_ARGUMENTS[1:]}
        same_names = [other for other in operation.parameters if _plain(other.name) == _plain(parameter.name)]
        if len(same_names) > 1:
            place, name = parameter.location, parameter.name
            candidates = (f"{place}{name}", f"{name}{place}", name)
        else:
            candidates = (parameter.name, f"field{parameter.name}", f"{parameter.name}{parameter.location}")
        return next((plain_names[_plain(name)] for name in candidates if _plain(name) in plain_names), None)


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


class Ours:
    """The client of this project."""

    def __init__(self, package: str, handler: Handler, contract: Contract) -> None:
        del contract  # the client knows its security schemes
        root = importlib.import_module(package)
        modules = list(_list_modules(package))
        self.operations = {
            route_of(module.RAW.operation.method, module.RAW.operation.path): _describe(module)
            for module in modules
        }
        client_class = getattr(root, root.__all__[0])
        # Documents with several security schemes have an argument for the key of each.
        combinations = [
            schemes
            for module in modules
            for schemes in (module.RAW.operation.security, *module.RAW.operation.alternatives)
        ]
        arguments = {"api_key", *(scheme.argument for schemes in combinations for scheme in schemes)}
        known_arguments = inspect.signature(client_class).parameters
        keys = {argument: KEY for argument in sorted(arguments) if argument in known_arguments}
        transport = httpx.Client(transport=httpx.MockTransport(handler))
        self.client = client_class(**keys, base_url=HOST, max_retries=0, http_client=transport)

    def make_file(self, content: bytes) -> Any:
        """Return a file as an argument."""
        return ("a.bin", content)


class Stock:
    """The client of openapi-python-client as it comes."""

    def __init__(self, package: str, handler: Handler, contract: Contract) -> None:
        root = importlib.import_module(package)
        self.operations: dict[str, BuiltOperation] = {}
        for module in _list_modules(package):
            source = inspect.getsource(module._get_kwargs)
            method = re.search(r'"method": "(\w+)"', source)
            url = re.search(r'"url": "([^"]*)"', source)
            if method and url:
                self.operations[route_of(method[1], url[1])] = _describe(module)
        name, prefix, token = _choose_header(contract)
        self.client = root.AuthenticatedClient(
            base_url=HOST,
            token=token,
            prefix=prefix,
            auth_header_name=name,
            httpx_args={"transport": httpx.MockTransport(handler)},
        )
        self._file_class = importlib.import_module(f"{package}.types").File

    def make_file(self, content: bytes) -> Any:
        """Return a file as an argument."""
        return self._file_class(io.BytesIO(content), "a.bin")


def _choose_header(contract: Contract) -> tuple[str, str, str]:
    """Return the name, the prefix and the value of the header that a caller of stock would choose.

    It has one header for all operations, so the first scheme of the document that is a header counts.
    """
    components = object_or_empty(contract.data.get("components"))
    for scheme in map(object_or_empty, object_or_empty(components.get("securitySchemes")).values()):
        if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
            return str(scheme["name"]), "", KEY
        if scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "basic":
            return "Authorization", "Basic", base64.b64encode(KEY.encode()).decode()
    return "Authorization", "Bearer", KEY


CLIENTS: Mapping[str, type[Ours] | type[Stock]] = {"ours": Ours, "stock": Stock}


def _describe(module: ModuleType) -> BuiltOperation:
    return BuiltOperation(module, values.annotated(module.sync_detailed))


def _list_modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(f"{package}.api")
    for module_info in pkgutil.walk_packages(root.__path__, f"{package}.api."):
        if not module_info.ispkg:
            try:
                yield importlib.import_module(module_info.name)
            except Exception:  # some modules of stock do not import, in many ways; they count as not built
                continue
