"""Checks the five largest clients by both type checkers, and how long their packages take to import."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..generators import run
from .fetching import list_sources
from .run import CLIENTS_FOLDER, Result

_COUNT = 5
_SECONDS = 1500
# In seconds, by the fastest of several imports: what else the machine does makes single ones slow.
_MAX_IMPORT, _IMPORTS = 0.3, 7
_IMPORT = "import time; begin = time.perf_counter(); import {package}; print(time.perf_counter() - begin)"


def check_types(results: Sequence[Result]) -> bool:
    """Print what mypy and basedpyright say of each client, both strict; return whether all is well."""
    folders = {source.name: CLIENTS_FOLDER / source.slug / "ours" for source in list_sources()}
    largest = sorted(results, key=lambda result: result.ours.built, reverse=True)[:_COUNT]
    verdicts = [_check_client(result.name, folders[result.name]) for result in largest]
    return all(verdicts)


def _check_client(name: str, folder: Path) -> bool:
    package = next(path.parent for path in folder.glob("*/__init__.py"))
    mypy = run([sys.executable, "-m", "mypy", "--strict", package.name], folder, seconds=_SECONDS)
    settings = {"include": [package.name], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    pyright = run(["basedpyright", "--pythonpath", sys.executable], folder, seconds=_SECONDS)
    (folder / "pyrightconfig.json").unlink()
    code = _IMPORT.format(package=package.name)
    seconds = min(float(run([sys.executable, "-c", code], folder).stdout) for _ in range(_IMPORTS))
    print(f"{name}: import {seconds:.2f} s (at most {_MAX_IMPORT})")
    for checker, finished in (("mypy", mypy), ("basedpyright", pyright)):
        lines = [line for line in finished.stdout.splitlines() if line.strip()]
        print("\n".join([f"  {checker}: {lines[-1] if lines else finished.stderr}", *lines[:-1][:5]]))
    return not mypy.returncode and not pyright.returncode and seconds <= _MAX_IMPORT
