"""Proof that a built client imports: every module of it, and both of its client classes.

It runs beside the build, never inside: in a copy of this process, which has already imported what every
client needs, or in a fresh interpreter where a copy is not safe. This module stands on nothing else of the
factory, so that the fresh interpreter can run it as a script.
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


def complaint(folder: Path, package: str, client: str, resources: list[str]) -> str:
    """What a process of its own says when it imports the client in `folder`; nothing if all is well."""
    asked = [str(folder.resolve()), package, client, *resources]
    return _forked(asked) if is_safe_to_fork() else _fresh(asked)


def is_safe_to_fork() -> bool:
    """A lock that another thread holds would be held in the copy for ever; macOS breaks copies anyway."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _fresh(asked: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-P", __file__],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


def _forked(asked: list[str]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _try_and_exit(asked, writing)
    os.close(writing)
    text, status = "", 1
    try:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as said:
            text = said.read()
    finally:
        _, status = os.waitpid(child, 0)
    return text or f"its process ended with status {status}" if status else ""


def _try_and_exit(asked: list[str], writing: int) -> None:
    """Be the copy: it says on `writing` what went wrong, and leaves without the parent's own farewells."""
    status = 1
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as said:
            status = _status(asked, said)
    finally:
        os._exit(status)


def _status(asked: list[str], said: TextIO) -> int:
    """Import the client; 1 if that fails in any way, even by a polite exit."""
    try:
        _forget(asked[1])
        _import_all(*asked)
    except BaseException:
        said.write(traceback.format_exc())
        return 1
    return 0


def _forget(package: str) -> None:
    """Make a copy as strict as a fresh interpreter: no module of the factory, warnings are errors."""
    ours = ("generator", package)
    for name in [name for name in sys.modules if name.partition(".")[0] in ours]:
        del sys.modules[name]
    here = {"", str(Path.cwd()), str(Path(__file__).parents[2])}
    here.update(os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:] = [folder for folder in sys.path if folder not in here]
    sys.dont_write_bytecode = True
    warnings.resetwarnings()
    warnings.simplefilter("error")


def _import_all(folder: str, name: str, client: str, *resources: str) -> None:
    sys.path.insert(0, folder)
    package = import_module(name)
    for module in walk_packages(package.__path__, f"{name}."):
        import_module(module.name)
    for exported in package.__all__:
        getattr(package, exported)
    for made in (client, f"Async{client}"):
        one = getattr(package, made)(api_key="test-key", base_url="http://127.0.0.1:9")
        for resource in resources:
            getattr(one, resource)


if __name__ == "__main__":
    sys.exit(_status(json.load(sys.stdin), sys.stderr))
