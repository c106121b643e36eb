"""Every fault with every kind of call, sync and async: what the server counted, what the caller has."""

import copy
import pickle
import traceback
from functools import partial
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from eigen_generate import EigenGenerateError, OutcomeUnknownError, StreamFailedError, StreamInterruptedError

from .clients import KEY, Mode
from .faults import Expected, Fault
from .kinds import KINDS, Kind
from .matrix import FAULTS
from .trial import KEPT, Cell, Trial, run

# A stream knows the answer that it came in, and not the exchange before that.
STREAM_ERRORS = (StreamInterruptedError, StreamFailedError)
MODES: tuple[Mode, ...] = get_args(Mode)


class Case(NamedTuple):
    """A cell of the matrix with the row that it stands in."""

    fault: Fault
    kind: Kind
    mode: Mode

    def __str__(self) -> str:
        return f"{self.fault.name}-{self.kind.name}-{self.mode}".replace(" ", "_")

    def run(self, folder: Path) -> Trial:
        """Carry the cell out."""
        fault, kind = self.fault, self.kind
        at = partial(fault.at, kind.answer)
        return run(Cell(kind, self.mode, at, fault.size, fault.options, fault.prelude, fault.breaks), folder)


MATRIX = [Case(fault, kind, mode) for fault in FAULTS for kind in KINDS for mode in MODES if fault.fits(kind)]


@pytest.mark.parametrize("case", MATRIX, ids=str)
def test_a_fault_is_met_as_the_table_says(case: Case, tmp_path: Path, trials: dict[str, Trial]) -> None:
    expected = case.fault.expects(case.kind)
    trial = trials[str(case)] = case.run(tmp_path)
    assert type(trial.error) is (expected.error or type(None)), repr(trial.error)
    assert len(trial.requests) == expected.requests
    assert trial.pauses == list(expected.pauses)
    assert list(trial.files) == [f"answer{case.kind.suffix}"]
    assert trial.files.popitem()[1].endswith(KEPT if expected.error else case.kind.saved)
    assert trial.leaked == 0, "sockets or files stayed open"
    assert trial.overdue == 0, "the client held a connection that it had given up"
    if trial.error is not None:
        _check_error(trial.error, expected)
        _check_bytes_sent(trial, case.fault)


def _check_error(error: Exception, expected: Expected) -> None:
    assert isinstance(error, EigenGenerateError)
    assert {name: getattr(error, name) for name in expected.attributes} == expected.attributes
    if not isinstance(error, STREAM_ERRORS):
        assert (error.attempts, error.elapsed) == (len(expected.pauses) + 1, sum(expected.pauses))
    assert KEY not in "".join(traceback.format_exception(error)) + repr(vars(error))
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def _check_bytes_sent(trial: Trial, fault: Fault) -> None:
    """An outcome that is unknown is told with what was sent; the server may have read less of it."""
    if isinstance(trial.error, OutcomeUnknownError) and not trial.requests[-1].chunked:
        read = len(trial.requests[-1].body)
        assert trial.error.bytes_sent >= read if fault.amid_body else trial.error.bytes_sent == read


def test_no_request_follows_an_unknown_outcome(tmp_path: Path, trials: dict[str, Trial]) -> None:
    surplus = 0
    for case in MATRIX:
        if case.fault.outcome == "unknown" and case.kind.method == "POST":
            trial = trials.get(str(case)) or case.run(tmp_path)
            surplus += len(trial.requests) - 1
    assert surplus == 0
