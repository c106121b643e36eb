"""Documents of others: fetched by npm, built with --keep-going, counted."""

import json
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from attrs import asdict, frozen

from .generators import ROOT, run

FOLDER = ROOT / "build" / "documents"
LISTED = Path(__file__).with_name("documents.toml")
_RESULTS = FOLDER / "results.json"
# A document of 13 MB takes minutes on a busy machine.
_SECONDS = 1800
_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@frozen
class Built:
    """What became of one document; each of `refused` is a pointer and a reason."""

    name: str
    openapi: str
    kilobytes: int
    operations: int
    built: int
    refused: list[str]
    arguments: list[str]


def build_all() -> list[Built]:
    """Fetch and build every document that is listed. Raises CalledProcessError if npm cannot fetch one."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    found: list[Built] = []
    for given in listed["document"]:
        one = _build(given["package"], given["path"], listed["arguments"])
        print(f"{one.name}: {one.built} of {one.operations} operations", file=sys.stderr, flush=True)
        found.append(one)
    FOLDER.mkdir(parents=True, exist_ok=True)
    _RESULTS.write_text(json.dumps([asdict(one) for one in found]), encoding="utf-8")
    return found


def last() -> list[Built]:
    """What the last run of `build_all` found in this tree; nothing if there was none."""
    if not _RESULTS.exists():
        return []
    return [Built(**one) for one in json.loads(_RESULTS.read_text(encoding="utf-8"))]


def _fetched(package: str, path: str) -> Path:
    """The document `path` of an npm package, for example `@scalar/galaxy@0.2.20`."""
    folder = FOLDER / re.sub(r"[^A-Za-z0-9.]+", "_", package)
    if not (folder / path).exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", package, "--pack-destination", str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            # Written to a path that we chose: before Python 3.11.4 `extract` has no safe mode (`filter`).
            document = archive.extractfile(f"package/{path}")
            if document is None:
                raise ValueError(f"package/{path} of {package} is no file")
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(document.read())
    return folder / path


def _build(package: str, path: str, arguments: dict[str, str]) -> Built:
    spec = _fetched(package, path)
    text = spec.read_text(encoding="utf-8-sig")  # some begin with a byte order mark
    data = json.loads(text) if path.endswith(".json") else yaml.load(text, Loader=yaml.CSafeLoader)
    total = sum(len(_METHODS & item.keys()) for item in data["paths"].values())
    with TemporaryDirectory() as folder:
        options = ["--keep-going", "--spec", str(spec), "--out", str(Path(folder) / "client")]
        done = run([sys.executable, "-m", "generator", "build", *options], seconds=_SECONDS)
    lines = [line.replace(str(spec), "") for line in done.stderr.splitlines()]
    refused = [line.removeprefix("generator: left out ") for line in lines if " left out #/paths/" in line]
    if "operations are not in" not in done.stderr and done.returncode:
        refused = [f"all: {lines[-1] if lines else done.returncode}"]
    lost = total if refused and refused[0].startswith("all: ") else len(refused)
    why = [text for words, text in arguments.items() if any(words in line for line in refused)]
    return Built(f"{package} {path}", data["openapi"], len(text) // 1000, total, total - lost, refused, why)
