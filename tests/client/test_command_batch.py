"""`batch` as a process: what it sends, how it ends, and how it goes on."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.client.console_script import Script

CAT = {"id": "cat", "job": "images.generate", "model": "eigen-image", "prompt": "a cat", "size": "64x64"}
HELLO = {"id": "hello", "job": "audio.speak", "model": "higgs2p5", "text": "Hello", "voice": "Linda"}


def write_rows(folder: Path, *rows: dict[str, Any]) -> str:
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return "rows.jsonl"


def test_sends_rows_and_shows_the_batch(run: Script) -> None:
    done = run("batch", write_rows(run.folder, CAT, HELLO), "-o", "out")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.endswith(b"eigen-generate batch: 2 rows: 2 done; see out/index.jsonl\n")
    assert (run.folder / "out/results/cat.png").read_bytes().startswith(b"\x89PNG")
    assert (run.folder / "out/results/hello.wav").read_bytes().startswith(b"RIFF")
    assert run("batch", "status", "out").stdout.startswith(b"2 rows: 2 done\n")
    assert run("batch", "report", "out").stdout == b"out/report.html\n"
    assert b"test-key" not in (run.folder / "out/report.html").read_bytes()


def test_names_each_bad_row_and_sends_nothing(run: Script) -> None:
    rows = write_rows(run.folder, CAT, {**CAT, "id": "dog", "prompt": 5}, {"job": "no.method"})
    refused = run("batch", rows, "-o", "out")
    assert refused.returncode == 2
    assert refused.stderr.decode().splitlines() == [
        "eigen-generate batch: line 2: prompt: 5 is not a text",
        "eigen-generate batch: line 3: job: there is no method 'no.method'",
        "eigen-generate batch: 2 rows cannot be sent, and nothing was sent",
    ]
    assert not (run.folder / "out").exists()


@pytest.mark.usefixtures("default_signals")
def test_says_that_a_file_has_no_rows(run: Script) -> None:
    refused = run("batch", write_rows(run.folder), "-o", "out")
    assert refused.returncode == 2
    assert refused.stderr == b"eigen-generate batch: rows.jsonl: there are no rows in it\n"


def test_ctrl_c_stops_it_and_the_same_command_goes_on(run: Script) -> None:
    rows = write_rows(run.folder, CAT, *({**CAT, "id": f"cat-{n}", "prompt": f"{n} cats"} for n in range(3)))
    process = run.start("batch", rows, "-o", "out", "--requests-per-minute", "1")
    while not (run.folder / "out/results/cat.png").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT
    assert b"the same command goes on" in errors
    assert b"Traceback" not in errors
    assert run("batch", rows, "-o", "out").returncode == 0
    index = (run.folder / "out/index.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["attempts"] for line in index] == [1, 1, 1, 1]
