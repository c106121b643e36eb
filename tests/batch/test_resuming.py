"""What a run finds that another one has left, and folders that it refuses."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eigen_generate import SaveError
from eigen_generate._runtime.batch.folder import open_journal
from eigen_generate.batch import BatchError, JournalError, RowResult, run
from tests.batch.stub import PNG, Endpoint, drawings, index_of, write_rows


def run_all(rows: Any, endpoint: Endpoint, out: Path, **options: Any) -> dict[str, RowResult]:
    return {result.id: result for result in run(rows, out=out, client=endpoint.client(), **options)}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "rows.jsonl", drawings(6))


@pytest.fixture
def out(tmp_path: Path, rows: Path) -> Path:
    """A folder in which two of six rows are done."""
    folder = tmp_path / "out"
    run_all(rows, Endpoint(), folder, budget=2)
    return folder


def mark_as_sent(out: Path, row_id: str) -> None:
    """Leave a row as a process does that is killed while its request is under way."""
    with sqlite3.connect(out / "journal.sqlite3") as journal:
        journal.execute("UPDATE rows SET state = 'sent', attempts = 1, charges = 1 WHERE id = ?", (row_id,))


def test_a_row_that_was_under_way_is_unknown_and_not_sent_again(rows: Path, out: Path) -> None:
    mark_as_sent(out, "cat-5")
    endpoint = Endpoint()
    run_all(rows, endpoint, out)
    assert sorted(endpoint.prompts) == ["cat 3", "cat 4", "cat 6"]
    index = index_of(out)
    assert index["cat-5"]["status"] == "unknown"
    assert "killed" in index["cat-5"]["error"]
    assert index["cat-6"]["status"] == "done"


def test_a_row_whose_result_was_saved_is_done(rows: Path, out: Path) -> None:
    mark_as_sent(out, "cat-5")
    (out / "results" / "cat-5.png").write_bytes(PNG)
    (out / "results" / ".0123.part").write_bytes(PNG[:5])
    endpoint = Endpoint()
    run_all(rows, endpoint, out)
    assert "cat 5" not in endpoint.prompts
    assert index_of(out)["cat-5"]["status"] == "done"
    assert not list((out / "results").glob(".*"))


def test_a_job_whose_video_was_saved_is_not_fetched_again(rows: Path, out: Path) -> None:
    mark_as_sent(out, "cat-5")
    with sqlite3.connect(out / "journal.sqlite3") as journal:
        journal.execute("UPDATE rows SET job_id = 'job-7', job_context = '{}' WHERE id = 'cat-5'")
    (out / "results" / "cat-5.mp4").write_bytes(PNG)
    endpoint = Endpoint()
    run_all(rows, endpoint, out)
    assert len(endpoint.paths) == 3
    assert index_of(out)["cat-5"]["path"] == "results/cat-5.mp4"


def test_a_result_that_came_late_is_found_before_its_row_is_sent_again(rows: Path, out: Path) -> None:
    mark_as_sent(out, "cat-5")
    run_all(rows, Endpoint(), out)
    (out / "results" / "cat-5.png").write_bytes(PNG)
    endpoint = Endpoint()
    run_all(rows, endpoint, out, retry_unknown=True)
    assert not endpoint.prompts
    assert index_of(out)["cat-5"]["status"] == "done"


def test_rows_are_not_checked_again_when_the_input_is_the_same(
    rows: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*_: object) -> None:
        raise AssertionError("a row is checked again")

    monkeypatch.setattr("eigen_generate._runtime.batch.methods.Methods.check", check)
    assert len(run_all(rows, Endpoint(), out)) == 4


def change_rows(rows: Path, out: Path) -> None:
    del out
    write_rows(rows, drawings(7))


def change_version(rows: Path, out: Path) -> None:
    del rows
    with sqlite3.connect(out / "journal.sqlite3") as journal:
        journal.execute("PRAGMA user_version = 99")


def damage(rows: Path, out: Path) -> None:
    del rows
    (out / "journal.sqlite3").write_bytes(b"no database" * 1000)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (change_rows, r"does not hold the rows that this batch began with"),
        (change_version, r"has version 99, and this client knows version 1"),
        (damage, r"not a database"),
    ],
)
def test_refuses_a_journal_in_one_line(
    change: Callable[[Path, Path], None], message: str, rows: Path, out: Path
) -> None:
    change(rows, out)
    endpoint = Endpoint()
    with pytest.raises(JournalError, match=message) as caught:
        run_all(rows, endpoint, out)
    assert "\n" not in str(caught.value)
    assert not endpoint.prompts
    assert (out / "journal.sqlite3").exists()


def test_refuses_a_folder_that_another_run_uses(rows: Path, out: Path) -> None:
    with run(rows, out=out, client=Endpoint().client(), requests_per_minute=1) as first:
        next(first)
        with pytest.raises(JournalError, match="another run uses it"):
            run_all(rows, Endpoint(), out)
    assert len(run_all(rows, Endpoint(), out)) == 3


def test_refuses_a_folder_with_foreign_files(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BatchError, match=r"is not empty: it holds letter.txt"):
        run_all(rows, Endpoint(), tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_file_that_is_gone_is_a_rejected_row_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "in.png").write_bytes(PNG)
    edit = {"job": "images.edit", "model": "qwen-image-edit-2511", "prompt": "snow", "image_file": "in.png"}
    rows = write_rows(tmp_path / "rows.jsonl", [*drawings(1), {**edit, "id": "edit"}])
    run_all(rows, Endpoint(), tmp_path / "out", budget=0)
    (tmp_path / "in.png").unlink()
    results = run_all(rows, Endpoint(), tmp_path / "out")
    assert results["cat-1"].status == "done"
    assert results["edit"].status == "rejected"
    assert "in.png" in str(results["edit"].error)
    (tmp_path / "in.png").write_bytes(PNG)
    assert run_all(rows, Endpoint(), tmp_path / "out", retry_rejected=True)["edit"].status == "done"


def test_a_full_disk_stops_the_run_before_more_is_paid(
    rows: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_: Path) -> SimpleNamespace:
        return SimpleNamespace(free=2**20)

    endpoint = Endpoint()
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", nearly_full)
        with pytest.raises(BatchError, match="the disk is nearly full"):
            run_all(rows, endpoint, out)
    assert not endpoint.prompts
    assert len(run_all(rows, endpoint, out)) == 4


def test_a_result_that_cannot_be_saved_is_kept_elsewhere(
    rows: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> Path:
        if "rescued" not in str(path):
            raise SaveError(f"cannot write {str(path)!r}: No space left on device")
        path.write_bytes(PNG)
        return path

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr("eigen_generate._runtime.batch.storage.save", refuse)
        with pytest.raises(BatchError, match=r"No space left on device; kept in .*rescued"):
            run_all(rows, Endpoint(), out, concurrency=1)
    rescued = [row for row in index_of(out).values() if "rescued" in (row["path"] or "")]
    assert [Path(row["path"]).read_bytes() for row in rescued] == [PNG]
    assert len(run_all(rows, Endpoint(), out)) == 3


def test_a_journal_that_was_emptied_does_not_let_rows_be_sent_again(rows: Path, out: Path) -> None:
    (out / "journal.sqlite3").write_bytes(b"")
    endpoint = Endpoint()
    with pytest.raises(BatchError, match="is not empty"):
        run_all(rows, endpoint, out)
    assert not endpoint.paths
    assert (out / "results" / "cat-1.png").exists()


def test_reading_a_journal_leaves_one_file_of_it(out: Path) -> None:
    journal = open_journal(out)
    assert journal.counts().done == 2
    with pytest.raises(JournalError, match="readonly"):
        journal.set_value("digest", "0")
    journal.close()
    assert [path.name for path in out.glob("journal*")] == ["journal.sqlite3"]
