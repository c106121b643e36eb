"""Makes the comment: runs `python -m generator diff` with what belongs to the repository at hand."""

import contextlib
import io
import subprocess
import tempfile
import tomllib
from pathlib import Path

from attrs import frozen

from generator.__main__ import main as run_generator
from generator.diffing.revisions import LAST_RELEASE

# The judge labels the exchange of a named example so; see `tape.toml`.
_EXAMPLE = "example "
_MANIFEST = "tape.toml"


@frozen
class Options:
    """What to compare, and where the comment goes.

    `base` is the git revision that holds the old contract. `client` is a built client and `tape` a folder of
    recorded exchanges, if there are any. `out` gets the comment, and `summary` gets it in addition to what it
    holds.
    """

    spec: Path
    base: str
    client: Path | None = None
    tape: Path | None = None
    allow_breaking: bool = False
    out: Path | None = None
    summary: Path | None = None


def compare(options: Options) -> int:
    """Print the comment, write it where it is wanted, and return the exit status of `generator diff`."""
    with tempfile.TemporaryDirectory(prefix="pull-request-") as folder:
        arguments = ["diff", _old_contract(options), str(options.spec), "--markdown"]
        arguments += ["--released", LAST_RELEASE, "--fail-on", "unversioned"]
        if options.client is not None:
            arguments += ["--client", str(options.client)]
        if options.tape is not None:
            names = Path(folder) / "recorded-examples.txt"
            names.write_text("\n".join(list_recorded_examples(options.tape)), encoding="utf-8")
            arguments += ["--recorded-examples", str(names)]
        if options.allow_breaking:
            arguments.append("--allow-breaking")
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = run_generator(arguments)
    comment = output.getvalue() or "## Contract change: it could not be judged; see the log\n"
    print(comment, end="")
    if options.out is not None:
        options.out.write_text(comment, encoding="utf-8")
    if options.summary is not None:
        with options.summary.open("a", encoding="utf-8") as summary:
            summary.write(comment)
    return status


def _old_contract(options: Options) -> str:
    """Return the name of the old contract; that of the new one if the base has none, as in a first push."""
    if not options.base.strip("0"):  # what GitHub says was there before a first push
        return str(options.spec)
    in_repository = _run_git(options.spec.resolve().parent, "rev-parse", "--show-prefix").strip()
    name = f"{options.base}:{in_repository}{options.spec.name}"
    is_there = _run_git(
        options.spec.resolve().parent, "rev-parse", "--verify", "--quiet", f"{options.base}^{{}}"
    )
    has_contract = _run_git(options.spec.resolve().parent, "rev-parse", "--verify", "--quiet", name)
    return str(options.spec) if is_there and not has_contract else name


def _run_git(folder: Path, *arguments: str) -> str:
    """Return what git prints; nothing if it fails."""
    finished = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return "" if finished.returncode else finished.stdout


def list_recorded_examples(tape: Path) -> list[str]:
    """Return the names of the examples that a tape holds. Raises OSError if there is no tape."""
    manifest = tomllib.loads((tape / _MANIFEST).read_text(encoding="utf-8"))
    labels = [str(exchange["label"]) for exchange in manifest.get("exchange", ())]
    return [label.removeprefix(_EXAMPLE) for label in labels if label.startswith(_EXAMPLE)]
