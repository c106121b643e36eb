"""Which tape a test takes, and whether it records: options, an ini value, and a marker."""

from pathlib import Path
from typing import Literal, get_args

import pytest

Mode = Literal["none", "once", "new_episodes"]
MODES: tuple[Mode, ...] = get_args(Mode)
INI = "eigen_tape"
MARKER = "eigen_tape"
MARKER_HELP = f"{MARKER}(folder): the tape of eigen_generate_tape, relative to the folder of the test's file"


def add(parser: pytest.Parser, group: pytest.OptionGroup) -> None:
    """Add what a user may set."""
    meaning = "the folder of the tape that eigen_generate_tape answers from"
    parser.addini(INI, meaning, type="paths", default=[])
    group.addoption(
        "--eigen-tape", type=Path, metavar="DIR", help=f"{meaning}, in place of the ini value {INI}"
    )
    # Plugins over VCR have `--record-mode` and `--vcr-record`, and a project may have `--record`.
    group.addoption(
        "--eigen-record",
        choices=MODES,
        default="none",
        help="what eigen_generate_tape sends and records. none: nothing, and what is not on the tape fails; "
        "once: the requests of tests of which the tape has none; new_episodes: every request that is not on "
        "the tape. What is sent may be billed",
    )


def mode_of(config: pytest.Config) -> Mode:
    """Return what is recorded."""
    value: str = config.getoption("--eigen-record") or "none"
    return next(mode for mode in MODES if mode == value)


def tape_folder(request: pytest.FixtureRequest) -> Path | None:
    """Return the folder that the marker of a test names, else the option, else the ini value.

    Returns:
        None if nothing names one: then the tape of the package answers.

    Raises:
        pytest.UsageError: the marker or the ini value does not name one folder.
    """
    return marked(request) or configured(request.config)


def marked(request: pytest.FixtureRequest) -> Path | None:
    """Return the folder that the nearest marker of a test names."""
    marker = request.node.get_closest_marker(MARKER)
    if marker is None:
        return None
    if len(marker.args) != 1 or marker.kwargs:
        raise pytest.UsageError(f"{request.node.nodeid}: the marker {MARKER} takes one folder")
    folder: Path = request.path.parent / marker.args[0]
    return folder


def configured(config: pytest.Config) -> Path | None:
    """Return the folder that the command line names, else the one that the ini file names."""
    option: Path | None = config.getoption("--eigen-tape")
    if option is not None:
        return config.invocation_params.dir / option
    named: list[Path] = config.getini(INI)
    if len(named) > 1:
        raise pytest.UsageError(f"{INI} names {len(named)} folders, and a tape is one")
    return named[0] if named else None
