"""The bench of the reference server measures each of its rows, and what it measures is what it says."""

import pytest

from bench.bars import load_rows
from bench.reference_server import main
from bench.series import Effort
from bench.server_load import crowd, refusals, upload
from bench.server_process import ServerProcess

ROWS = {row.id: row for row in load_rows() if row.id.startswith("server.")}


@pytest.mark.deep
def test_it_measures_every_row_and_keeps_those_that_a_busy_machine_does_not_spoil(
    capsys: pytest.CaptureFixture[str],
) -> None:
    missed = main(Effort(quick=True), page=False)
    shown = capsys.readouterr().out
    assert all(row.title in shown for row in ROWS.values())
    assert set(missed) <= {"server.start", "server.refusal.p99"}


def test_its_loads_are_answered_as_they_should_be() -> None:
    with ServerProcess() as server:
        assert server.start_seconds > 0
        assert len(refusals(server.port, 3)) == 3
        assert crowd(server.port, 3, "few").answered == 6
        before = server.peak_memory()
        assert [upload(server.port, 2**26, in_chunks=way) for way in (False, True)] == [413, 413]
        assert 0 <= server.peak_memory() - before < 2**26
        assert server.memory_with_children() > server.peak_memory() / 2
