"""The command line: `python -m generator build | check | explain | diff`.

Exit status: 0 done, 1 the committed client differs (check) or a change is breaking (diff), 2 the input cannot
be used, or with --keep-going a part of it cannot: the client is built without that part; 130 stopped by
Ctrl-C.
"""

import argparse
import sys
from pathlib import Path

from . import pipeline
from .diffing.diff import diff_contracts, format_json, format_text
from .errors import GeneratorError
from .loading.json_data import object_or_empty, walk_objects
from .validation.keywords import list_unseen_keywords

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
        if name == "build":
            command_parser.add_argument(
                "--keep-going",
                action="store_true",
                help="leave out what is refused, list it, and build the rest; the exit status is 2 then",
            )
        command_parser.set_defaults(command=command)
    _add_diff(commands.add_parser("diff", help=_DIFF, description=_DIFF))
    return parser


def _add_diff(command_parser: argparse.ArgumentParser) -> None:
    command_parser.add_argument("old", type=Path, help="the OpenAPI document that callers use now")
    command_parser.add_argument("new", type=Path, help="the OpenAPI document that replaces it")
    command_parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object, described by generator/diffing/report.schema.json",
    )
    command_parser.set_defaults(command=_diff)


def _build(options: argparse.Namespace) -> int:
    work = pipeline.build(options.spec, options.out, keep_going=options.keep_going)
    print(f"{options.out}: built from {options.spec}, {len(work.differences)} files changed")
    for removed_part in work.refused:
        print(f"generator: left out #{removed_part.pointer}: {removed_part.fault}", file=sys.stderr)
    if not work.refused:
        return 0
    count = sum(removed_part.is_operation for removed_part in work.refused)
    print(f"generator: {count} operations are not in {options.out}", file=sys.stderr)
    return 2


def _check(options: argparse.Namespace) -> int:
    work = pipeline.check(options.spec, options.out)
    if not work.differences:
        print(f"{options.out}: is what {options.spec} and the generator make")
        return 0
    print("\n".join(work.differences))
    print(
        f"{options.out}: {len(work.differences)} files differ; run `python -m generator build`",
        file=sys.stderr,
    )
    return 1


def _explain(options: argparse.Namespace) -> int:
    work = pipeline.explain(options.spec)
    for note in work.notes:
        print(f"#{note.pointer}\n    {note.lowering}: {note.reason}")
    assert work.document is not None
    for pointer, keyword, explanation in list_unseen_keywords(work.document.data):
        print(f"#{pointer}\n    {keyword}: {explanation}")
    objects = [value for _, value in walk_objects(work.document.data)]
    extensions = {key for value in objects for key in value if key.startswith("x-")}
    # A header such as `x-request-id` is not an extension of OpenAPI.
    headers = {name for value in objects for name in object_or_empty(value.get("headers"))}
    for extension in sorted(extensions - _READ_EXTENSIONS - headers):
        print(f"{extension}: ignored")
    return 0


def _diff(options: argparse.Namespace) -> int:
    comparison = diff_contracts(options.old, options.new)
    print(format_json(comparison) if options.json else format_text(comparison))
    return int(comparison.is_breaking)


if __name__ == "__main__":
    sys.exit(main())
