"""Proves that a built client works: it imports every module, makes both clients and calls each operation.

The calls go to a stub that refuses them. An error of the client's own is an answer like any other, because
the values are samples; every other exception is a fault of the generator.

This runs in another process. That is a copy of this process, which has already imported the modules
that every client needs and so takes 0.2 s in place of 0.6 s (the tests build clients by the dozen), or a
fresh interpreter where a copy is not safe. This module imports nothing of the
generator, so that the fresh interpreter can run it as a script.
"""

import json
import os
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, NamedTuple, TextIO

import httpx

# The folder that `generator` is imported from, which a client must not need.
_REPOSITORY = Path(__file__).parents[2]
# What extras of a client bring. A module that needs one of them is left out where that is not installed.
_EXTRAS = ("cyclopts", "mcp", "mcp_types", "rich", "uvicorn")


# The key of an object that stands for a file with its text, because JSON holds no bytes.
FILE = "file of the smoke test"


class SmokeCall(NamedTuple):
    """A call of a method, or without a `resource` of a module of the raw layer, with JSON as arguments."""

    resource: str
    name: str
    arguments: dict[str, Any]


def complaint(
    folder: Path, package: str, client: str, resources: list[str], calls: Sequence[SmokeCall] = ()
) -> str:
    """Return what another process prints when it cannot use the client in `folder`; empty if it can."""
    arguments = [str(folder.resolve()), package, client, json.dumps(calls), *resources]
    return _import_in_copy(arguments) if is_safe_to_fork() else _import_in_fresh_interpreter(arguments)


def is_safe_to_fork() -> bool:
    """Whether a copy of this process can run.

    A lock that another thread holds is never released in a copy, and macOS breaks copies anyway.
    """
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _import_in_fresh_interpreter(arguments: list[str]) -> str:
    finished = subprocess.run(
        [sys.executable, "-P", __file__],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.stderr if finished.returncode else ""


def _import_in_copy(arguments: list[str]) -> str:
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        _import_and_exit(arguments, write_end)
    os.close(write_end)
    output, status = "", 1
    try:
        with os.fdopen(read_end, encoding="utf-8", errors="replace") as pipe:
            output = pipe.read()
    finally:
        _, status = os.waitpid(child, 0)
    return output or f"its process ended with status {status}" if status else ""


def _import_and_exit(arguments: list[str], write_end: int) -> None:
    """Run in the copy: write the error to the pipe, and exit without the exit handlers of the parent."""
    status = 1
    try:
        with os.fdopen(write_end, "w", encoding="utf-8") as pipe:
            status = _try_import(arguments, pipe)
    finally:
        os._exit(status)


def _try_import(arguments: list[str], output: TextIO) -> int:
    """Import the client, and return the exit status: 1 if that fails in any way, even by a `SystemExit`."""
    try:
        _forget_imports(arguments[1])
        _import_client(*arguments)
    except BaseException:
        output.write(traceback.format_exc())
        return 1
    return 0


def _forget_imports(package: str) -> None:
    """Make a copy as strict as a fresh interpreter: forget own modules, turn warnings into errors."""
    forgotten_packages = ("generator", package)
    for name in [name for name in sys.modules if name.partition(".")[0] in forgotten_packages]:
        del sys.modules[name]
    hidden_folders = {"", str(Path.cwd()), str(_REPOSITORY)}
    hidden_folders.update(os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:] = [folder for folder in sys.path if folder not in hidden_folders]
    sys.dont_write_bytecode = True
    warnings.resetwarnings()
    warnings.simplefilter("error")


def _import_client(folder: str, package_name: str, client: str, calls: str, *resources: str) -> None:
    sys.path.insert(0, folder)
    package = import_module(package_name)
    for module in walk_packages(package.__path__, f"{package_name}."):
        try:
            import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _EXTRAS:
                raise
    for exported_name in package.__all__:
        getattr(package, exported_name)
    for class_name in (client, f"Async{client}"):
        instance = getattr(package, class_name)(api_key="test-key", base_url="http://127.0.0.1:9")
        for resource in resources:
            getattr(instance, resource)
    smoke_calls = [SmokeCall(*call) for call in json.loads(calls, object_hook=_read_object)]
    if smoke_calls:
        _call_operations(package, client, smoke_calls)


def _call_operations(package: ModuleType, client: str, calls: Sequence[SmokeCall]) -> None:
    """Call each operation. Raises RuntimeError for an exception that is no error of the client."""
    stub = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(400)))
    instance = getattr(package, client)(
        api_key="test-key", base_url="http://127.0.0.1:9", http_client=stub, max_retries=0
    )
    client_error: type[Exception] = getattr(package, f"{client}Error")
    raw_modules = {
        name.rpartition(".")[2]: module
        for name, module in sys.modules.items()
        if name.startswith(f"{package.__name__}.api.")
    }
    for resource, name, arguments in calls:
        if resource:
            function = getattr(getattr(instance, resource), name)
        else:
            function = partial(raw_modules[name].sync_detailed, client=instance)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                function(**arguments)
        except client_error:
            pass
        except Exception as error:
            raise RuntimeError(f"the call of {resource or 'the raw layer'}.{name} fails") from error


def _read_object(properties: dict[str, Any]) -> Any:
    """Return an object of the samples, or the bytes of the file that it stands for."""
    return str(properties[FILE]).encode() if FILE in properties else properties


if __name__ == "__main__":
    sys.exit(_try_import(json.load(sys.stdin), sys.stderr))
