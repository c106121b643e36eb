"""The README's examples work as printed, against the reference server over a real socket."""

import re
from pathlib import Path

import pytest

from demo.server import reference_server

README = Path(__file__).parents[1] / "README.md"


def test_the_examples_do_all_five_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    with reference_server(tmp_path / "server.log") as base_url:
        monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
        monkeypatch.setenv("EIGENAI_BASE_URL", base_url)
        monkeypatch.chdir(tmp_path)
        exec(compile(example, str(README), "exec"), {})
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {"cat.png", "evening.png", "hello.wav", "cat.mp4"}
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) > 1, "the stream yields at least one chunk before the transcript is printed"
    assert printed[-1]
