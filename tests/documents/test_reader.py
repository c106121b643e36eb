"""The reader of the documents notices what does not work as printed."""

import os
import re
from pathlib import Path

import pytest

from tests.documents import reader
from tests.documents.blocks import DocumentError, read_blocks


def follow(text: str, folder: Path) -> None:
    document = folder / "page.md"
    document.write_text(text, encoding="utf-8")
    reader.follow(read_blocks(document), folder, dict(os.environ), folder)


def test_exports_jobs_and_programs_live_on(tmp_path: Path) -> None:
    follow(
        "```sh\nexport PLANET=Mars\n(echo ready; exec sleep 60) &\n```\n"
        "```text\nready\n```\n"
        "```python\nimport os\n```\nProse.\n```python\nassert os.environ['PLANET'] == 'Mars'\n```\n"
        "```sh\nkill $!\n```\n",
        tmp_path,
    )


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("```sh\nfalse\n```\n", "+ false"),
        ("```sh\nfalse\ntrue\n```\n", "+ false"),
        ("Prose.\n\n```python\nimport os\n\nos.nothing\n```\n", "line 6"),
        ("```python\nimport os\n```\n```python\nimport sys\nos\n```\n", "NameError"),
    ],
    ids=["last command", "first command", "program", "program that ends before"],
)
def test_a_block_that_fails_is_reported(text: str, report: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=re.escape(report)):
        follow(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("```sh\necho soon\n```\n```text\nready\n```\n", "soon"),
        ("```sh\nsleep 60 &\n```\n", "is a job still running"),
    ],
    ids=["output", "end of a job"],
)
def test_what_never_comes_is_reported(
    text: str, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "BLOCK_SECONDS", 2.0)
    with pytest.raises(AssertionError, match=report):
        follow(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    ["```\nx\n```\n", "```yaml\nx: 1\n```\n", "Type:\n\n    pip install it\n"],
    ids=["bare", "yaml", "indented"],
)
def test_a_block_of_unknown_kind_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        follow(text, tmp_path)


def test_a_block_that_is_marked_is_not_run(tmp_path: Path) -> None:
    follow("<!-- not run: it is a drawing -->\n```sh\nfalse\n```\n", tmp_path)


def test_a_block_with_a_title_is_saved_and_not_run(tmp_path: Path) -> None:
    follow(
        '```python title="program.py"\nprint("ran")\n```\n```toml title="set.toml"\na = 1\n```\n'
        "```sh\npython program.py\ncat set.toml\n```\n```text\nran\na = 1\n```\n",
        tmp_path,
    )
