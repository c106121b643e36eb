"""Rows of files and frames: what is read, and how each mistake is named."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate.batch import BatchError, RowResult, RowsError, run, run_frame
from tests.batch.stub import ARROW, PNG, Endpoint, draw, drawings, picture, write_rows

TABLE: Any = import_module("pyarrow").Table


def run_all(rows: Any, endpoint: Endpoint, **options: Any) -> dict[str, RowResult]:
    return {result.id: result for result in run(rows, client=endpoint.client(), **options)}


def problems(rows: Any, **options: Any) -> list[str]:
    endpoint = Endpoint()
    with pytest.raises(RowsError) as caught:
        run_all(rows, endpoint, **options)
    assert not endpoint.paths
    return list(caught.value.problems)


def sent_fields(rows: Path) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = []

    def keep(received: dict[str, Any]) -> httpx.Response:
        fields.append(received)
        return picture()

    endpoint = Endpoint(keep)
    assert {row.status for row in run_all(rows, endpoint, concurrency=1).values()} == {"done"}
    for row in fields:
        del row["path"], row["query"]
    return fields


def test_reads_the_same_rows_from_each_format(tmp_path: Path) -> None:
    rows = [draw("cat, big", width=600, real_time=True), draw("dog", guidance_scale=1.5)]
    jsonl = write_rows(tmp_path / "rows.jsonl", rows)
    (tmp_path / "rows.csv").write_text(
        "job,model,prompt,width,real_time,guidance_scale\n"
        'images.generate,eigen-image,"cat, big",600,true,\n'
        "images.generate,eigen-image,dog,,,1.5\n",
        encoding="utf-8",
    )
    ARROW.write_table(TABLE.from_pylist([*rows, {}]).slice(0, 2), tmp_path / "rows.parquet")
    ARROW.write_table(
        TABLE.from_pylist([{**rows[0], "guidance_scale": None}, rows[1]]), tmp_path / "rows.parquet"
    )
    expected = sent_fields(jsonl)
    assert [row["prompt"] for row in expected] == ["cat, big", "dog"]
    assert expected[0]["width"] == 600
    assert sent_fields(tmp_path / "rows.csv") == expected
    assert sent_fields(tmp_path / "rows.parquet") == expected


def test_a_text_that_looks_like_a_number_stays_a_text(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("job,model,prompt\nimages.generate,m,007\n", encoding="utf-8")
    assert sent_fields(tmp_path / "rows.csv")[0]["prompt"] == "007"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[1]", "line 1: a list is not an object with names and values"),
        ("{", "line 1: is not JSON"),
        ('{"model": "m"}', "line 1: job: is missing"),
        ('{"job": "images.draw"}', "line 1: job: there is no method 'images.draw'"),
        ('{"job": "images._core"}', "line 1: job: there is no method 'images._core'"),
        ('{"job": "images"}', "line 1: job: there is no method 'images'"),
        (
            '{"job": "images.generate", "model": "m"}',
            "line 1: missing 1 required keyword-only argument: 'prompt'",
        ),
        (json.dumps(draw("a", width="wide")), 'line 1: width: "wide" is not a whole number'),
        (json.dumps(draw("a", width=1.5)), "line 1: width: 1.5 is not a whole number"),
        (json.dumps(draw("a", real_time=1)), "line 1: real_time: 1 is not a boolean"),
        (json.dumps(draw("a", id=1.5)), "line 1: id: is neither a text nor a whole number"),
        (json.dumps(draw("a", id=True)), "line 1: id: is neither a text nor a whole number"),
        (json.dumps(draw("a", id=False)), "line 1: id: is neither a text nor a whole number"),
        (json.dumps(draw("a", id="\ud800")), "line 1: holds half of a surrogate pair"),
        (json.dumps(draw("a", extra={"\ud800": 1})), "line 1: holds half of a surrogate pair"),
        (json.dumps(draw("a", **{"\ud800": 1})), "line 1: holds half of a surrogate pair"),
        (json.dumps({**draw("a"), "job": 5}), "line 1: job: is not a text"),
        (
            json.dumps(draw("a", retry_unknown=True)),
            "line 1: retry_unknown: is not an argument in a row; the batch decides it",
        ),
    ],
)
def test_names_what_is_wrong_with_a_row(line: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(line, encoding="utf-8")
    assert problems(tmp_path / "rows.jsonl")[0].startswith(problem)


def test_names_the_line_that_is_not_text(tmp_path: Path) -> None:
    good = json.dumps(draw("a")).encode()
    (tmp_path / "rows.jsonl").write_bytes(good + b"\r\n\xff\n" + good.replace(b"a cat", b"\xe9"))
    assert problems(tmp_path / "rows.jsonl")[0].startswith("line 2: is not text in UTF-8")


@pytest.mark.parametrize("header", ["job,model,prompt,prompt", "job,model,,prompt"])
def test_refuses_columns_of_csv_that_have_no_name_of_their_own(header: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"{header}\nimages.generate,eigen-image,a,b\n", encoding="utf-8")
    with pytest.raises(BatchError, match="its first line"):
        run_all(tmp_path / "rows.csv", Endpoint())


def test_names_a_file_that_is_missing(tmp_path: Path) -> None:
    row = {"job": "audio.transcribe", "model": "whisper_v3_turbo", "file": "hello.wav"}
    assert "hello.wav" in problems(write_rows(tmp_path / "rows.jsonl", [row]))[0]


def test_files_are_relative_to_the_input(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "in.png").write_bytes(PNG)
    edit = {"job": "images.edit", "model": "qwen-image-edit-2511", "prompt": "snow", "image_file": "in.png"}
    results = run_all(write_rows(tmp_path / "deep" / "rows.jsonl", [edit]), Endpoint())
    assert [row.status for row in results.values()] == ["done"]


def test_refuses_an_id_that_two_rows_have() -> None:
    assert problems([draw("a", id="x"), draw("b", id="x")]) == ["line 2: id: 'x' is the id of line 1 too"]


def test_refuses_equal_rows_without_ids_unless_told_to_take_them() -> None:
    rows = [draw("a"), draw("b"), draw("a")]
    assert problems(rows) == ["line 3: is the same as line 1; give both an id, or allow duplicates"]
    assert sorted(run_all(rows, Endpoint(), allow_duplicates=True)) == [
        "row-000001",
        "row-000002",
        "row-000003",
    ]
    assert len(run_all([draw("a", id="1"), draw("a", id="2")], Endpoint())) == 2


def test_ids_that_no_disk_could_tell_apart_get_files_of_their_own(tmp_path: Path) -> None:
    ids = ["cat", "CAT", "Cat", "a/b", "a b", "../up", "con", "x" * 300, "ä", "."]
    rows = [draw(f"cat {n}", id=name) for n, name in enumerate(ids)]
    list(run(rows, out=tmp_path / "out", client=Endpoint().client()))
    names = [path.name for path in (tmp_path / "out" / "results").iterdir()]
    assert len({name.lower() for name in names}) == len(ids)
    assert "cat.png" in names
    assert all(name.isascii() and len(name) < 110 for name in names)


def test_names_each_bad_row_and_counts_those_that_an_error_does_not_list() -> None:
    with pytest.raises(
        RowsError, match=r"25 of 30 rows cannot be sent, and nothing was: line 6: .*; and 5 more"
    ):
        run_all([*drawings(5), *([{"job": "no.method"}] * 25)], Endpoint())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (Path("rows.txt"), r"rows.txt: is not named like one of .jsonl, .ndjson, .csv, .parquet"),
        (Path("rows.jsonl"), r"rows.jsonl: cannot be read: No such file or directory"),
        (7, "neither a path, nor a frame"),
        ([], "there are no rows in it"),
    ],
)
def test_refuses_what_is_no_source(rows: object, message: str) -> None:
    with pytest.raises(BatchError, match=message):
        run_all(rows, Endpoint())


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_takes_a_frame_and_returns_one_of_its_kind(library: str, tmp_path: Path) -> None:
    frame: Any = import_module(library).DataFrame([draw(f"cat {n}", id=f"cat-{n}") for n in range(5)])
    answer = run_frame(frame, out=tmp_path / "out", client=Endpoint().client())
    assert type(answer) is type(frame)
    assert list(answer["id"]) == [f"cat-{n}" for n in range(5)]
    assert set(answer["status"]) == {"done"}


def test_arguments_may_stand_in_an_object_of_their_own() -> None:
    row = {"job": "images.generate", "id": "a", "arguments": {"model": "eigen-image", "prompt": "a cat"}}
    assert [result.status for result in run_all([row], Endpoint()).values()] == ["done"]
