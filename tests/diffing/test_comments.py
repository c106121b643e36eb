"""The comment that a pull request gets, for each kind of change: as it is, for a reviewer to read.

After a change on purpose run `python -m tests.diffing.test_comments`, and read the diff of `comments/`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve

from generator import pipeline
from generator.diffing.advice import kinds_with_advice
from generator.diffing.change import Severity
from generator.diffing.comment import format_comment
from generator.diffing.diff import take_snapshot
from generator.diffing.kinds import KINDS
from generator.diffing.markdown import MAX_COMMENT, Section, assemble, code_block, code_span
from generator.diffing.recorder import Snapshot
from generator.diffing.review import Review, review_change

HERE = Path(__file__).parent
COMMENTS = HERE / "comments"
LIBRARY = (HERE / "library.yaml").read_text(encoding="utf-8")
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "comments.toml").read_text(encoding="utf-8"))["comment"]


def apply_edits(text: str, edits: Iterable[tuple[str, str]]) -> str:
    """Return the text of a contract after edits, each of which replaces one place."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@cache
def snapshot_of(text: str) -> Snapshot:
    """Return the snapshot of a contract, whose path is `openapi.yaml` wherever it was written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.yaml"
        path.write_text(text, encoding="utf-8")
        snapshot = take_snapshot(path)
    return evolve(snapshot, document=evolve(snapshot.document, path=Path("openapi.yaml")))


def review_case(case: dict[str, Any], folder: Path) -> Review:
    """Return the review of a change of the table; `folder` is empty, and its contract and client go there."""
    old = LIBRARY
    released = None
    if "released_edits" in case:
        released = snapshot_of(apply_edits(LIBRARY, case["released_edits"]))
        released = evolve(released, document=evolve(released.document, path=Path("v0.3.1:openapi.yaml")))
    old = apply_edits(LIBRARY, case.get("old_edits", ()))
    new = LIBRARY if "old_edits" in case else old
    new = apply_edits(new, case["edits"])
    new_snapshot, client = snapshot_of(new), None
    if "client" in case:
        client, spec = folder / "client", folder / "openapi.yaml"
        spec.write_text(new if case["client"] == "built" else old, encoding="utf-8")
        pipeline.build(spec, client)
        spec.write_text(new, encoding="utf-8")
        new_snapshot = evolve(new_snapshot, document=evolve(new_snapshot.document, path=spec))
    review = review_change(
        snapshot_of(old),
        new_snapshot,
        released=released,
        client=client,
        recorded_examples=case.get("recorded"),
        allow_breaking=case.get("allow_breaking", False),
    )
    if client is None:
        return review
    # A comment names the paths as they were given, which are others in each run.
    document = evolve(review.comparison.new, path=Path("openapi.yaml"))
    return evolve(review, client=Path("client"), comparison=evolve(review.comparison, new=document))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_comment_is_the_golden_one(case: dict[str, Any], tmp_path: Path) -> None:
    review = review_case(case, tmp_path)
    assert format_comment(review) == (COMMENTS / f"{case['name']}.md").read_text(encoding="utf-8")
    assert review.is_refused == case["refused"]


def test_no_golden_comment_is_left_over() -> None:
    assert {path.stem for path in COMMENTS.glob("*.md")} == {case["name"] for case in CASES}


def outside_of_code(markdown: str) -> str:
    """Return what GitHub reads as Markdown: everything but code blocks and code spans."""
    fences = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)
    spans = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
    return spans.sub("", fences.sub("", markdown))


def test_no_text_of_a_contract_stands_outside_of_code() -> None:
    text = (COMMENTS / "texts-that-would-inject-markdown.md").read_text(encoding="utf-8")
    assert "@octocat" in text
    bare = outside_of_code(text)
    for sign in ("@", "<img", "<b>", "<script", "evil", "](", "#1", "\u202e", "\n# Heading"):
        assert sign not in bare, sign
    assert "\u202e" not in text
    # Only our own folds are HTML.
    assert set(re.findall(r"<[^>]*>", bare)) <= {"<details>", "</details>", "<summary>", "</summary>"}


@pytest.mark.parametrize(
    "text", ["`", "``", "a``b", "`a`", " ", "", "a\nb", "```\n</details>", "\ud800", "a" * 500, "|"]
)
def test_a_code_span_cannot_be_left(text: str) -> None:
    span = code_span(text)
    span.encode()
    assert outside_of_code(f"before {span} after") == "before  after"
    assert "\n" not in span


@pytest.mark.parametrize("line", ["```", "````", "a ``` b", "~~~", "x\n```\ny"])
def test_a_code_block_cannot_be_left(line: str) -> None:
    assert outside_of_code(code_block([line, "end"], "diff")).strip() == ""


@pytest.mark.parametrize("character", ["a", "😀"])
@pytest.mark.parametrize("folded", [True, False])
def test_a_long_comment_says_how_much_it_leaves_out(character: str, folded: bool) -> None:
    entries = tuple(f"- {character * 100} {number}" for number in range(2000))
    sections = [Section("First", entries, folded), Section("Second", entries, folded)]
    comment = assemble("Head", sections)
    assert len(comment.encode("utf-16-le")) // 2 <= MAX_COMMENT
    assert len(comment) > MAX_COMMENT // 3
    counted = [
        int(number) for number in re.findall(r"^(\d+) more are left out here\.$", comment, re.MULTILINE)
    ]
    assert len(counted) == 2
    assert sum(counted) + comment.count(f"- {character}") == 4000
    assert comment.count("<details>") == comment.count("</details>") == 2 * folded


def test_each_breaking_kind_says_what_callers_must_do() -> None:
    breaking = {kind for kind, meaning in KINDS.items() if meaning.severity is Severity.BREAKING}
    assert breaking <= kinds_with_advice() <= KINDS.keys()


if __name__ == "__main__":
    for path in COMMENTS.glob("*.md"):
        path.unlink()
    for case in CASES:
        with TemporaryDirectory() as folder:
            text = format_comment(review_case(case, Path(folder)))
        (COMMENTS / f"{case['name']}.md").write_text(text, encoding="utf-8")
