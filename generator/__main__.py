"""The command line: `python -m generator build | check | explain | diff`.

Exit status: 0 done, 1 the committed client differs (check) or a change is breaking (diff; `--fail-on` narrows
that), 2 the input cannot be used, 130 stopped by Ctrl-C. A part that is left out with --keep-going is listed,
and the status is 0.
"""

import argparse
import gc
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import pipeline
from .diffing.comment import format_comment, format_fault
from .diffing.diff import format_json, format_text
from .diffing.review import Review, review_change
from .diffing.revisions import LAST_RELEASE, take_named_snapshot, take_release_snapshot
from .errors import GeneratorError
from .loading.document import Document
from .loading.json_data import object_or_empty, walk_objects
from .model.sdk_names import SdkNames
from .validation.keywords import list_unseen_keywords
from .validation.open_styles import list_open_styles
from .validation.pruning import RemovedPart

# Extensions of OpenAPI that the generator reads.
_READ_EXTENSIONS = {"x-sdk", "x-evidence", "x-evidence-default", "x-evidence-required"}
_DIFF = "report what changes for callers of the SDK, whether it breaks them, and the next version"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _make_parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except GeneratorError as error:
        print(f"generator: {error}", file=sys.stderr)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"generator: {place}{error.strerror or error}", file=sys.stderr)
    except RecursionError:
        print("generator: the document leads too far from one schema to the next", file=sys.stderr)
    except KeyboardInterrupt:
        print("generator: stopped; what was there is as it was", file=sys.stderr)
        return 130
    return 2


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator", description="Builds a Python client from an OpenAPI document."
    )
    commands = parser.add_subparsers(required=True)
    for name, command, text in (
        ("build", _build, "build the client and put it in place, whole or not at all"),
        ("check", _check, "fail if the client that is there is not what would be built"),
        ("explain", _explain, "list what is lowered, where and why"),
    ):
        command_parser = commands.add_parser(name, help=text, description=text)
        command_parser.add_argument(
            "--spec", type=Path, default=Path("openapi.yaml"), help="the OpenAPI document (openapi.yaml)"
        )
        if name != "explain":
            command_parser.add_argument(
                "--out",
                type=Path,
                default=Path("generated_client"),
                help="the client's folder (generated_client)",
            )
            _add_names(command_parser)
        if name == "build":
            _add_keep_going(command_parser)
        _add_strict(command_parser)
        command_parser.set_defaults(command=command)
    _add_diff(commands.add_parser("diff", help=_DIFF, description=_DIFF))
    return parser


def _add_keep_going(command_parser: argparse.ArgumentParser) -> None:
    command_parser.add_argument(
        "--keep-going",
        action="store_true",
        help="leave out what is refused and build the rest (default for documents without x-sdk)",
    )


def _add_strict(command_parser: argparse.ArgumentParser) -> None:
    command_parser.add_argument(
        "--strict",
        action="store_true",
        help="leave nothing out, and refuse slips that change nothing on the wire",
    )


def _add_names(command_parser: argparse.ArgumentParser) -> None:
    by_default = "by default as before, or from x-sdk or the title"
    command_parser.add_argument(
        "--name", default="", help=f"the client's distribution, such as pet-shop ({by_default})"
    )
    command_parser.add_argument(
        "--package",
        default="",
        help="the package to import, such as pet_shop (by default as before, or from --name)",
    )
    command_parser.add_argument(
        "--client", default="", help=f"the client's class, such as PetShop ({by_default})"
    )


def _read_sdk_names(options: argparse.Namespace) -> SdkNames:
    """Return the names of the command line. Raises GeneratorError for one that cannot be used."""
    names = SdkNames(options.name, options.package, options.client)
    names.check()
    return names


def _add_diff(command_parser: argparse.ArgumentParser) -> None:
    command_parser.add_argument(
        "old", help="the OpenAPI document that callers use now: a file, or REVISION:PATH of git"
    )
    command_parser.add_argument("new", help="the OpenAPI document that replaces it")
    formats = command_parser.add_mutually_exclusive_group()
    formats.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object, described by generator/diffing/report.schema.json",
    )
    formats.add_argument("--markdown", action="store_true", help="print the comment for a pull request")
    command_parser.add_argument(
        "--released",
        metavar="CONTRACT",
        help="what callers have, from which the version is counted: a file, REVISION:PATH, or "
        f"`{LAST_RELEASE}` for NEW in the last tag of a version (OLD)",
    )
    command_parser.add_argument(
        "--client", type=Path, metavar="DIR", help="fail if the client there is not what NEW makes"
    )
    command_parser.add_argument(
        "--recorded-examples",
        metavar="FILE",
        help="the names of the examples that have a recorded answer, one a line; - is stdin",
    )
    command_parser.add_argument(
        "--fail-on",
        choices=("breaking", "unversioned"),
        default="breaking",
        help="exit with 1 for a breaking change, or for one whose version NEW does not declare (breaking)",
    )
    command_parser.add_argument(
        "--allow-breaking", action="store_true", help="do not exit with 1 for a breaking change"
    )
    _add_keep_going(command_parser)
    _add_strict(command_parser)
    command_parser.set_defaults(command=_diff)


def _build(options: argparse.Namespace) -> int:
    _refuse_contradiction(options)
    work = pipeline.build(
        options.spec,
        options.out,
        keep_going=options.keep_going,
        is_strict=options.strict,
        names=_read_sdk_names(options),
    )
    print(f"{options.out}: built from {options.spec}, {len(work.differences)} files changed")
    if work.slips:
        count = len(work.slips)
        print(
            f"generator: {count} slips repaired; `explain` lists them, --strict refuses them", file=sys.stderr
        )
    for removed_part in work.refused:
        print(f"generator: left out #{removed_part.pointer}: {removed_part.fault}", file=sys.stderr)
    if work.refused:
        count = sum(removed_part.is_operation for removed_part in work.refused)
        print(f"generator: {count} operations are not in {options.out}", file=sys.stderr)
    return 0


def _refuse_contradiction(options: argparse.Namespace) -> None:
    if options.keep_going and options.strict:
        raise GeneratorError("--keep-going and --strict contradict each other", hint="give one of them")


def _check(options: argparse.Namespace) -> int:
    work = pipeline.check(options.spec, options.out, is_strict=options.strict, names=_read_sdk_names(options))
    if not work.differences:
        print(f"{options.out}: is what {options.spec} and the generator make")
        return 0
    print("\n".join(work.differences), flush=True)  # before the line on stderr, where both go to one file
    _print_drift(options.out, work.differences, _build_command(options))
    return 1


def _print_drift(client: Path, differences: Sequence[str], command: str) -> None:
    print(f"{client}: {len(differences)} files differ; run `{command}`", file=sys.stderr)


def _build_command(options: argparse.Namespace) -> str:
    """Return the command that builds what was checked."""
    return shlex.join(
        ["python", "-m", "generator", "build", f"--spec={options.spec}", f"--out={options.out}"]
    )


def _explain(options: argparse.Namespace) -> int:
    work = pipeline.explain(options.spec, is_strict=options.strict)
    for note in (*work.slips, *work.notes):
        print(f"#{note.pointer}\n    {note.change}: {note.reason}")
    for removed_part in work.refused:
        print(f"#{removed_part.pointer}\n    left out: {removed_part.fault}")
    assert work.document is not None
    for pointer, keyword, explanation in (
        *list_unseen_keywords(work.document.data),
        *list_open_styles(work.document),
    ):
        print(f"#{pointer}\n    {keyword}: {explanation}")
    objects = [value for _, value in walk_objects(work.document.data)]
    extensions = {key for value in objects for key in value if key.startswith("x-")}
    # A header such as `x-request-id` is not an extension of OpenAPI.
    headers = {name for value in objects for name in object_or_empty(value.get("headers"))}
    for extension in sorted(extensions - _READ_EXTENSIONS - headers):
        print(f"{extension}: ignored")
    return 0


def _diff(options: argparse.Namespace) -> int:
    try:
        review = _review(options)
    except GeneratorError as error:
        if options.markdown:
            print(format_fault(error), end="")
        raise
    comparison = review.comparison
    _print_left_out(comparison.old, comparison.old_left_out)
    _print_left_out(comparison.new, comparison.new_left_out)
    if options.markdown:
        print(format_comment(review), end="")
    else:
        print(format_json(comparison) if options.json else format_text(comparison))
        if review.drift:
            _print_drift(options.client, review.drift, "python -m generator build")
    if options.fail_on == "unversioned":
        return int(review.is_refused)
    return int((comparison.is_breaking and not review.allow_breaking) or bool(review.drift))


def _print_left_out(document: Document, removed_parts: Iterable[RemovedPart]) -> None:
    for part in removed_parts:
        # The fault itself may name a copy of the document that is gone.
        print(
            f"generator: left out {document.path} #{part.pointer}: {part.fault.problem} "
            f"(at #{part.fault.pointer})",
            file=sys.stderr,
        )


def _review(options: argparse.Namespace) -> Review:
    """Return the review that `diff` prints. Raises GeneratorError."""
    _refuse_contradiction(options)
    tolerance = {"keep_going": options.keep_going, "is_strict": options.strict}
    released = None
    if options.released is not None:
        released = take_release_snapshot(options.released, Path(options.new), **tolerance)
    return review_change(
        take_named_snapshot(options.old, **tolerance),
        take_named_snapshot(options.new, **tolerance),
        released=released,
        client=options.client,
        recorded_examples=_read_names(options.recorded_examples),
        allow_breaking=options.allow_breaking,
    )


def _read_names(file: str | None) -> set[str] | None:
    """Return the lines of a file or of stdin; None if there is no file. Raises OSError."""
    if file is None:
        return None
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    return {line.strip() for line in text.splitlines() if line.strip()}


if __name__ == "__main__":
    # The data of a document lives until the end of the command. Looking for garbage in it takes an eighth of
    # the time, and finds none.
    gc.disable()
    sys.exit(main())
