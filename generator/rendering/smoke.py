"""Proves that a built client imports: every module of it, and both of its client classes.

The import runs in another process. That is a copy of this process, which has already imported the modules
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
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TextIO

# The folder that `generator` is imported from, which a client must not need.
_REPOSITORY = Path(__file__).parents[2]
# What extras of a client bring. A module that needs one of them is left out where that is not installed.
_EXTRAS = ("cyclopts", "mcp", "mcp_types", "rich", "uvicorn")


def complaint(folder: Path, package: str, client: str, resources: list[str]) -> str:
    """Return what another process prints when it cannot import the client in `folder`; empty if it can."""
    arguments = [str(folder.resolve()), package, client, *resources]
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


def _import_client(folder: str, package_name: str, client: str, *resources: str) -> None:
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


if __name__ == "__main__":
    sys.exit(_try_import(json.load(sys.stdin), sys.stderr))
