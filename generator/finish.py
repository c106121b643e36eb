"""From rendered files to a client: header, runtime, format, stamp; imported as a proof; swapped in whole."""

import contextlib
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Generator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from . import smoke
from .bare import bare, shown_names
from .errors import GeneratorError
from .linking import Reference, linked, wanted
from .sources import Source
from .surface.sdk import Sdk

GENERATOR = Path(__file__).parent
RUNTIME = GENERATOR / "runtime"
STAMP = ".generated.json"
_SOURCES = (".py", ".jinja", ".json", ".md")
_COMPARING = ("diffing",)  # for `diff`: they shape no client
_ELSEWHERE = "name another folder with --out"
_RUFF = "0.17.6"
_STYLE = ("--isolated", "--target-version=py311", "--line-length=120", "--no-cache")
_FIXES = "--select=F401,I,UP,TC005"
_HEADER = "# By `python -m generator build`.\n"


@contextlib.contextmanager
def workshop(out: Path) -> Generator[Path]:
    """An empty folder beside `out`, on the same disk so that it can be swapped in; gone afterwards.

    So are parents of `out` that were made for it, if nothing was put there. Raises GeneratorError if `out`
    is no place for a client.
    """
    if out.name in ("", ".."):
        raise GeneratorError("is no name of a folder that could be replaced", where=out, hint=_ELSEWHERE)
    if out.exists() and not out.is_dir():
        raise GeneratorError("is there, and is no folder", where=out, hint=_ELSEWHERE)
    made = [folder for folder in out.parents if not folder.exists()]
    try:
        with _beside(out) as folder:
            yield Path(folder) / out.name
    finally:
        with contextlib.suppress(OSError):  # not empty: the client is there
            for parent in made:
                parent.rmdir()


def _beside(out: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-building-")
    except OSError as error:
        raise GeneratorError(f"cannot be written: {error.strerror}", where=out, hint=_ELSEWHERE) from error


def copy_runtime(project: Path, sdk: Sdk) -> None:
    """Put the runtime into the tidied client: what it needs, and the documentation that callers read."""
    package = project / sdk.package
    copy_sources(package / "_runtime", shown_names(package), wanted(package))
    (project / sdk.package / "py.typed").write_bytes(b"")


def copy_sources(
    target: Path, shown: frozenset[str] = frozenset(), start: frozenset[Reference] | None = None
) -> None:
    """Copy the runtime's sources; what an editor or a patch left beside them is no part of a client.

    `shown` are names that callers have; of all else only what is reached from `start` is copied, if given.
    """
    paths = {path.relative_to(RUNTIME).as_posix(): path for path in _sources(RUNTIME)}
    sources = bare({name: Source.read(path.read_text("utf-8")) for name, path in paths.items()}, shown)
    whole = {name: source.text for name, source in sources.items()}
    for name, text in (whole if start is None else linked(sources, start)).items():
        copied = target / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text(text, encoding="utf-8")


def _sources(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _SOURCES)
    return [path for path in found if not path.name.startswith(".") and "__pycache__" not in path.parts]


def tidy(project: Path, sdk: Sdk) -> None:
    """Head the modules that were rendered, and rid them of imports that they have no use for.

    What is nothing but a docstring needs no head.
    """
    package = project / sdk.package
    names = [str(path) for path in sorted(package.rglob("*.py"))]
    for path in map(Path, names):
        text = path.read_text(encoding="utf-8").strip() + "\n"
        path.write_text(_HEADER + text if text.count("\n") > 1 else text, encoding="utf-8")
    _ruff(
        "check",
        "--fix-only",
        _FIXES,
        f"--config=lint.isort.known-first-party=['{sdk.package}']",
        "--config=lint.isort.split-on-trailing-comma=false",
        *names,
    )


def format_source(project: Path, sdk: Sdk) -> None:
    """Format every module, the runtime's included, by a ruff of one exact version.

    Tabs, because a tenth of the client's source would be the spaces in their place (ADR 0013).
    """
    layout = ("indent-style='tab'", "skip-magic-trailing-comma=true")
    _ruff("format", *(f"--config=format.{one}" for one in layout), str(project / sdk.package))


def _ruff(*arguments: str) -> None:
    if version("ruff") != _RUFF:
        raise GeneratorError(
            f"ruff {version('ruff')} is installed, {_RUFF} is needed", hint=f"pip install ruff=={_RUFF}"
        )
    binary = import_module("ruff").find_ruff_bin()  # a package without types
    command, *rest = arguments
    done = subprocess.run([binary, command, *_STYLE, *rest], capture_output=True, text=True, check=False)
    if done.returncode:
        raise GeneratorError(f"ruff cannot read what was built: {(done.stdout + done.stderr).strip()[:2000]}")


def stamp(project: Path, spec: Path) -> None:
    """Say what the client was made of: hashes of the spec and of the factory."""
    sources = [path for path in _sources(GENERATOR) if path.relative_to(GENERATOR).parts[0] not in _COMPARING]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(GENERATOR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    made_of = {
        "command": "python -m generator build",
        "spec": {"name": spec.name, "sha256": hashlib.sha256(spec.read_bytes()).hexdigest()},
        "generator": {"sha256": digest.hexdigest()},
        "tools": {"openapi-python-client": version("openapi-python-client"), "ruff": _RUFF},
    }
    (project / STAMP).write_text(json.dumps(made_of, indent=2) + "\n", encoding="utf-8")


def smoke_test(project: Path, sdk: Sdk) -> None:
    """Import every module and make both clients, in a process of its own.

    Raises GeneratorError if any of it fails.
    """
    said = smoke.complaint(project, sdk.package, sdk.client, list(sdk.resources))
    if said:
        raise GeneratorError(
            f"the built client does not import: {said.strip()[-2000:]}",
            hint="this is a fault of the generator",
        )


def swap(project: Path, out: Path) -> None:
    """Put the finished `project` in the place of `out`, whole; on a failure the old one stays."""
    old = project.with_name(f"{out.name}.old")
    if out.exists():
        if any(out.iterdir()) and not (out / STAMP).exists():
            raise GeneratorError(
                f"holds files that were not generated (no {STAMP})",
                where=out,
                hint="name another --out, or empty it",
            )
        out.rename(old)
    try:
        project.rename(out)
    finally:
        if old.exists() and not out.exists():  # also when it was stopped in between
            old.rename(out)
