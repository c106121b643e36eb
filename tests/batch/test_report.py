"""What is shown of a batch: the page, and lines of progress."""

from pathlib import Path

import pytest

from eigen_generate._runtime.batch import progress
from eigen_generate._runtime.batch.report import write_report
from eigen_generate.batch import BatchError, Counts, StoppedError, run
from tests.batch.stub import Endpoint, draw, refusal


def test_the_page_has_the_figures_and_the_rows_that_need_a_decision(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: refusal(500))
    rows = [draw("<script>", id="<b>")]
    list(run(rows, out=tmp_path / "out", client=endpoint.client()))
    page = write_report(tmp_path / "out").read_text(encoding="utf-8")
    assert "1 of 1 rows have ended; 1 requests may have been carried" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "--retry-unknown" in page


def test_the_page_can_be_made_of_a_run_that_stopped(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: refusal(401))
    with pytest.raises(StoppedError):
        list(run([draw("a"), draw("b")], out=tmp_path / "out", client=endpoint.client()))
    assert "0 of 2 rows have ended" in write_report(tmp_path / "out").read_text(encoding="utf-8")


def test_there_is_no_page_without_a_batch(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="there is no batch in it"):
        write_report(tmp_path)


def test_without_a_terminal_progress_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("eigen_generate._runtime.batch.progress.time.monotonic", lambda: now[0])
    with progress.show_progress("batch") as show:
        show(Counts(new=100))
        now[0] = 5.0
        show(Counts(new=90, done=10))
        assert not capsys.readouterr().err
        now[0] = 10.0
        show(Counts(new=80, done=15, failed=3, unknown=2, credits=1.5))
    line = "batch: 20 of 100, 3 failed, 2 unknown, 2.0/s, 0:40 left, 1.5 credits\n"
    assert capsys.readouterr().err == line


def test_shows_nothing_in_a_process_without_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with progress.show_progress("batch") as show:
        show(Counts(done=1))
