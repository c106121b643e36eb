"""What a run does with its rows, over a transport that answers at once."""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate.batch import BatchError, RowResult, RowsError, StoppedError, run, run_async
from tests.batch.stub import (
    MP4,
    PNG,
    Endpoint,
    always,
    draw,
    drawings,
    index_of,
    picture,
    read_parquet,
    refusal,
    write_rows,
)


def run_all(rows: Any, endpoint: Endpoint, out: Path | None = None, **options: Any) -> dict[str, RowResult]:
    options = {"concurrency": 4, **options}
    return {result.id: result for result in run(rows, out=out, client=endpoint.client(), **options)}


def test_saves_a_file_for_each_row_and_an_index_of_all(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda fields: picture(PNG + fields["prompt"].encode()))
    rows = write_rows(tmp_path / "rows.jsonl", drawings(3))
    results = run_all(rows, endpoint, tmp_path / "out")
    assert {result.status for result in results.values()} == {"done"}
    content = (tmp_path / "out" / "results" / "cat-2.png").read_bytes()
    assert content == PNG + b"cat 2"
    index = index_of(tmp_path / "out")
    assert list(index) == ["cat-1", "cat-2", "cat-3"]
    assert index["cat-2"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert index["cat-2"]["path"] == "results/cat-2.png"
    table = read_parquet(tmp_path / "out" / "index.parquet")
    assert [(row["id"], row["status"], row["attempts"]) for row in table] == [
        ("cat-1", "done", 1), ("cat-2", "done", 1), ("cat-3", "done", 1),
    ]  # fmt: skip


def test_hands_out_results_without_a_folder() -> None:
    results = run_all(iter(drawings(3)), Endpoint())
    result: Any = results["cat-1"].result
    assert result.content == PNG
    assert results["cat-1"].path is None


def test_is_an_async_iterator_as_well(tmp_path: Path) -> None:
    async def collect() -> list[str]:
        batch = run_async(drawings(3), out=tmp_path / "out", client=Endpoint().client())
        return sorted([result.id async for result in batch])

    assert asyncio.run(collect()) == ["cat-1", "cat-2", "cat-3"]


def test_puts_texts_into_the_index(tmp_path: Path) -> None:
    (tmp_path / "hello.wav").write_bytes(b"RIFF\x28\0\0\0WAVEfmt " + bytes(60))
    endpoint = Endpoint(lambda _: httpx.Response(200, json={"text": "hello"}))
    row = {"job": "audio.transcribe", "model": "whisper_v3_turbo", "file": "hello.wav", "id": "a"}
    run_all(write_rows(tmp_path / "rows.jsonl", [row]), endpoint, tmp_path / "out")
    assert index_of(tmp_path / "out")["a"]["text"] == "hello"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (refusal(422), "rejected"),
        (refusal(404), "rejected"),
        (refusal(500), "unknown"),
        (httpx.ReadTimeout("no answer"), "unknown"),
        (httpx.RemoteProtocolError("broken off"), "unknown"),
        (httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"}), "failed"),
    ],
)
def test_ends_each_row_as_the_clients_own_rules_say(
    answer: httpx.Response | Exception, status: str, tmp_path: Path
) -> None:
    endpoint = Endpoint(lambda _: answer)
    results = run_all([draw("cat", id="a")], endpoint, tmp_path / "out")
    assert results["a"].status == status
    assert results["a"].error
    assert endpoint.prompts == ["cat"]  # and it is not sent again by a second run
    assert not run_all([draw("cat", id="a")], endpoint, tmp_path / "out")
    assert endpoint.prompts == ["cat"]


def test_keeps_the_body_of_an_answer_that_it_cannot_read(tmp_path: Path) -> None:
    endpoint = Endpoint(
        lambda _: httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"})
    )
    results = run_all([draw("cat", id="a")], endpoint, tmp_path / "out")
    assert (tmp_path / "out" / str(results["a"].path)).read_bytes() == b"<html>"


def test_sends_unknown_rows_again_only_when_told_to(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: refusal(500))
    run_all(drawings(2), endpoint, tmp_path / "out")
    endpoint.answer = always(picture())
    assert not run_all(drawings(2), endpoint, tmp_path / "out")
    again = run_all(drawings(2), endpoint, tmp_path / "out", retry_unknown=True)
    assert {name: (row.status, row.attempts) for name, row in again.items()} == {
        "cat-1": ("done", 2), "cat-2": ("done", 2),
    }  # fmt: skip


def test_slows_down_after_a_429_and_loses_no_row(tmp_path: Path) -> None:
    refused: Counter[str] = Counter()

    def answer(fields: dict[str, Any]) -> httpx.Response:
        refused[fields["prompt"]] += 1
        return refusal(429, retry_after_ms="20") if refused[fields["prompt"]] == 1 else picture()

    results = run_all(drawings(12), Endpoint(answer), tmp_path / "out", concurrency=6)
    assert {row.status for row in results.values()} == {"done"}
    assert {row.attempts for row in results.values()} <= {1, 2}
    assert max(refused.values()) == 2


def test_stays_below_its_concurrency() -> None:
    endpoint = Endpoint(seconds=0.01)
    assert len(run_all(drawings(30), endpoint, concurrency=3)) == 30
    assert endpoint.most_running == 3


def test_stops_at_its_budget_and_goes_on_with_a_larger_one(tmp_path: Path) -> None:
    endpoint = Endpoint()
    batch = run(drawings(10), out=tmp_path / "out", client=endpoint.client(), budget=4)
    assert len(list(batch)) == 4
    assert batch.stop_reason == "the budget of 4 requests is used up"
    assert not run_all(drawings(10), endpoint, tmp_path / "out", budget=4)  # it is one budget for all runs
    assert len(run_all(drawings(10), endpoint, tmp_path / "out", budget=100)) == 6
    assert len(endpoint.prompts) == len(set(endpoint.prompts)) == 10


def test_a_refused_request_does_not_count_for_the_budget(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda fields: refusal(422) if fields["prompt"] == "cat 1" else picture())
    assert len(run_all(drawings(5), endpoint, tmp_path / "out", budget=2)) == 3


def test_stops_at_a_budget_of_credits(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: picture(x_credit_cost="2.5"))
    results = run_all(drawings(10), endpoint, tmp_path / "out", credit_budget=6, concurrency=1)
    assert [row.credits for row in results.values()] == [2.5] * 3


def test_refuses_a_budget_of_credits_that_the_answers_do_not_state(tmp_path: Path) -> None:
    endpoint = Endpoint()
    with pytest.raises(StoppedError, match="use a budget of requests"):
        run_all(drawings(10), endpoint, tmp_path / "out", credit_budget=6)
    assert len(endpoint.prompts) == 1


def test_stops_after_failures_in_a_row(tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: refusal(422))
    with pytest.raises(StoppedError, match=r"5 failures in a row, the last one: .*422"):
        run_all(drawings(50), endpoint, tmp_path / "out", max_failures=5)
    assert len(endpoint.prompts) < 10


@pytest.mark.parametrize("status", [401, 402])
def test_stops_at_once_when_the_key_is_of_no_use_and_loses_no_row(status: int, tmp_path: Path) -> None:
    endpoint = Endpoint(lambda _: refusal(status))
    with pytest.raises(StoppedError, match=str(status)):
        run_all(drawings(50), endpoint, tmp_path / "out")
    endpoint.answer = always(picture())
    assert len(run_all(drawings(50), endpoint, tmp_path / "out")) == 50


def test_a_caller_who_stops_iterating_loses_nothing(tmp_path: Path) -> None:
    endpoint = Endpoint()
    with run(drawings(40), out=tmp_path / "out", client=endpoint.client(), concurrency=2) as batch:
        next(batch)
    assert "done" in {row["status"] for row in index_of(tmp_path / "out").values()}
    run_all(drawings(40), endpoint, tmp_path / "out")
    assert {row["status"] for row in index_of(tmp_path / "out").values()} == {"done"}
    assert len(endpoint.prompts) == len(set(endpoint.prompts)) == 40


def test_rows_that_do_not_end_in_time_after_a_stop_are_unknown(tmp_path: Path) -> None:
    async def stop_while_all_wait() -> list[str]:
        endpoint = Endpoint()
        endpoint.gate = asyncio.Event()
        options: Any = {"concurrency": 3, "stop_timeout": 0.05}
        batch = run_async(drawings(9), out=tmp_path / "out", client=endpoint.client(), **options)

        async def stop() -> None:
            while endpoint.running < 3:
                await asyncio.sleep(0)
            batch.stop()

        stopping = asyncio.create_task(stop())
        statuses = [result.status async for result in batch]
        await stopping
        return statuses

    assert asyncio.run(stop_while_all_wait()) == ["unknown"] * 3
    assert len(run_all(drawings(9), Endpoint(), tmp_path / "out")) == 6


class Videos(Endpoint):
    """An endpoint whose jobs are done after some questions."""

    def __init__(self, questions: int) -> None:
        super().__init__(self._answer)
        self.questions = questions

    def _answer(self, fields: dict[str, Any]) -> httpx.Response:
        if fields["path"].endswith("/status"):
            self.questions -= 1
            return httpx.Response(200, json={"status": "processing" if self.questions > 0 else "completed"})
        if fields["path"].endswith("/result"):
            return httpx.Response(200, content=MP4, headers={"content-type": "video/mp4"})
        return httpx.Response(200, json={"task_id": "job-7"})

    @property
    def submissions(self) -> int:
        return sum(path.endswith("/generate") for path in self.paths)


VIDEO = {
    "job": "videos.generate",
    "model": "wan2p2-i2v-14b-turbo",
    "prompt": "a cat",
    "frame_num": 9,
    "id": "v",
}


def test_submits_polls_and_fetches_a_job_as_one_row(tmp_path: Path) -> None:
    endpoint = Videos(questions=3)
    results = run_all([VIDEO], endpoint, tmp_path / "out", job_interval=0.01)
    assert (results["v"].status, results["v"].job_id, results["v"].attempts) == ("done", "job-7", 1)
    assert (tmp_path / "out" / "results" / "v.mp4").read_bytes() == MP4


def test_a_job_that_takes_too_long_is_asked_for_by_the_next_run(tmp_path: Path) -> None:
    endpoint = Videos(questions=1000)
    results = run_all([VIDEO], endpoint, tmp_path / "out", job_interval=0.01, job_timeout=0.05)
    assert results["v"].status == "unknown"
    assert "job-7" in str(results["v"].error)
    endpoint.questions = 1
    assert run_all([VIDEO], endpoint, tmp_path / "out", job_interval=0.01)["v"].status == "done"
    assert endpoint.submissions == 1


def test_a_job_that_failed_is_a_failed_row(tmp_path: Path) -> None:
    endpoint = Videos(questions=1)
    endpoint.answer = always(
        httpx.Response(200, json={"task_id": "job-7", "status": "failed", "error": "too dark"})
    )
    results = run_all([VIDEO], endpoint, tmp_path / "out", job_interval=0.01)
    assert results["v"].status == "failed"
    assert "too dark" in str(results["v"].error)


def test_sends_nothing_if_one_row_is_bad(tmp_path: Path) -> None:
    endpoint = Endpoint()
    lines = [
        json.dumps(draw("a")),
        "{",
        json.dumps(draw("b", sized=3)),
        json.dumps({**draw("c"), "prompt": 5}),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RowsError) as caught:
        run_all(tmp_path / "rows.jsonl", endpoint, tmp_path / "out")
    assert [problem.partition(":")[0] for problem in caught.value.problems] == ["line 2", "line 3", "line 4"]
    assert "sized: is not an argument; the arguments are" in caught.value.problems[1]
    assert caught.value.problems[2] == "line 4: prompt: 5 is not a text"
    assert not endpoint.paths
    assert not (tmp_path / "out").exists()


def test_a_key_is_in_no_file(tmp_path: Path) -> None:
    run_all(drawings(2), Endpoint(), tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        assert path.is_dir() or b"test-key" not in path.read_bytes()


def test_refuses_options_that_make_no_sense() -> None:
    with pytest.raises(BatchError, match="concurrency: 0"):
        run(drawings(1), concurrency=0)


def test_does_not_prepare_for_more_rows_than_there_are() -> None:
    tasks: list[int] = []

    def count_tasks(_: object) -> httpx.Response:
        tasks.append(len(asyncio.all_tasks()))
        return picture()

    run_all(drawings(2), Endpoint(count_tasks), concurrency=1000)
    assert max(tasks) < 20


def test_stops_while_rows_are_checked(tmp_path: Path) -> None:
    read: list[int] = []
    endpoint = Endpoint()

    async def stop_early() -> str | None:
        loop = asyncio.get_running_loop()

        def rows() -> Iterator[dict[str, Any]]:
            for number in range(1000):
                read.append(number)
                if number == 5:
                    loop.call_soon_threadsafe(batch.stop)
                    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()  # comes after it
                yield draw(f"cat {number}")

        batch = run_async(rows(), out=tmp_path / "out", client=endpoint.client())
        assert [result async for result in batch] == []
        return batch.stop_reason

    assert asyncio.run(stop_early()) == "it was interrupted"
    assert len(read) == 6
    assert not endpoint.paths
    assert not (tmp_path / "out").exists()
