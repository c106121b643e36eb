"""A year of a maintainer: twelve changes of the contract, each with the commands that the docs print.

The session `year` runs it. Each step begins where the one before it ended, in one git repository. What a step
shows is kept in `build/year/`: the comment of its pull request, its entry of the changelog, what its commands
print.
"""

import re
import shutil
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define, field

from tests.page.documents import RowText, read_page, write_html
from tests.year.page_commands import Chapter, read_chapters
from tests.year.steps import Step, begin_at_1_0_0, read_steps
from tests.year.workplace import ROOT, Finished, Workplace

CHAPTERS = read_chapters()
SHOWN = ROOT / "build" / "year"


@define
class Year:
    """The repository, and how far the year has come."""

    workplace: Workplace
    done: int = 0
    comment: str = ""
    typed: set[str] = field(factory=set[str])
    seconds: dict[str, float] = field(factory=dict[str, float])

    def type(self, chapter: Chapter) -> Finished:
        """Type the commands of a chapter."""
        started = time.monotonic()
        finished = self.workplace.run(chapter.script)
        self.seconds[chapter.heading] = self.seconds.get(chapter.heading, 0.0) + time.monotonic() - started
        self.typed.add(chapter.heading)
        return finished


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """A copy of the project that has released 1.0.0, so that the rules of versions show."""
    shutil.rmtree(SHOWN, ignore_errors=True)
    workplace = Workplace.make(tmp_path_factory.mktemp("year"))
    begin_at_1_0_0(workplace.folder / "openapi.yaml")
    workplace.must_run("./dev -s generate", "git commit --quiet --all --message Begin")
    workplace.must_run(CHAPTERS["Release it"].script)
    year = Year(workplace)
    yield year
    lines = [f"{seconds:6.1f} s  {heading}\n" for heading, seconds in year.seconds.items()]
    (SHOWN / "seconds.txt").write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize("step", read_steps(), ids=lambda step: step.title)
def test_a_change_goes_from_the_edit_to_the_release(step: Step, year: Year) -> None:
    assert year.done == step.number - 1, "an earlier step has failed, and this one goes on from there"
    shown = SHOWN / f"{step.number:02}-{step.title.replace(' ', '-')}"
    shown.mkdir(parents=True)
    year.workplace.edit(step.edits("edit"))
    save_page(step, year.workplace.folder)
    check_tape(step, year.workplace, is_recorded=False)
    type_chapters(step, year, shown)
    check_tape(step, year.workplace, is_recorded=True)
    check_comment(step, year.comment, shown)
    check_release(step, year.workplace, shown)
    if "saved_page" in step.data:
        year.workplace.must_run("python -m pytest -q tests/contract/test_page.py")
    assert year.workplace.must_run("git status --porcelain") == "", "a command left something uncommitted"
    year.done = step.number


def type_chapters(step: Step, year: Year, shown: Path) -> None:
    """Type the commands of the step; where they are to fail, mend what they name and begin again."""
    chapters = [CHAPTERS[heading] for heading in step.chapters]
    failing: dict[str, str] = step.data.get("fails", {})
    if failing:
        position = step.chapters.index(failing["chapter"])
        for chapter in chapters[:position]:
            type_chapter(chapter, year, shown)
        output = type_chapter(chapters[position], year, shown, is_refused=True)
        assert failing["output"] in output, output
        year.workplace.edit(step.edits("mend"))
    for chapter in chapters:
        type_chapter(chapter, year, shown)


def type_chapter(chapter: Chapter, year: Year, shown: Path, *, is_refused: bool = False) -> str:
    """Type the commands of a chapter, keep what they print, and check how they end."""
    finished = year.type(chapter)
    printed = f"$ {finished.script}\n{finished.output}"
    comment = re.search(r"^## Contract change: (?:.*\n)*?(?=nox > |\Z)", finished.output, re.MULTILINE)
    year.comment = comment[0] if comment else year.comment
    with (shown / "log.txt").open("a", encoding="utf-8") as log:
        log.write(f"{printed}\n")
    assert (finished.status != 0) == is_refused, f"ended with {finished.status}:\n{printed}"
    if year.done == 0:
        # The page tells of the first step, so what it shows is what the commands print there.
        assert set(chapter.printed) <= set(finished.output.splitlines()), printed
    return printed


def save_page(step: Step, folder: Path) -> None:
    """Save the vendor's page as it is since the change, if the step is about that."""
    row: dict[str, str] | None = step.data.get("saved_page")
    if row is None:
        return
    document = read_page(folder / "tests" / "page.toml")
    rows = document.table(row["table"]).rows
    place = [other.name for other in rows].index(row["after"]) + 1
    rows.insert(place, RowText(row["name"], row["type"], "Optional", row["description"]))
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build" / "vendor-page.html").write_text(write_html(document), encoding="utf-8")


def check_tape(step: Step, workplace: Workplace, *, is_recorded: bool) -> None:
    """Check whether the tape has the exchanges that the step records."""
    manifest = tomllib.loads(workplace.read("contract_tests/recordings/tape.toml"))
    labels = {exchange["label"] for exchange in manifest["exchange"]}
    wanted = set(step.data.get("recorded", ()))
    assert wanted & labels == (wanted if is_recorded else set()), labels
    if wanted and not is_recorded:
        finished = workplace.run("./dev -s tape -- verify --require-complete")
        assert finished.status != 0, finished.output


def check_comment(step: Step, comment: str, shown: Path) -> None:
    """Check what the pull request would be told."""
    (shown / "comment.md").write_text(comment, encoding="utf-8")
    assert comment.startswith(f"## Contract change: {step.data['verdict']}\n"), comment
    for text in [*step.data.get("comment", ()), step.data["version"]]:
        assert text in comment, comment


def check_release(step: Step, workplace: Workplace, shown: Path) -> None:
    """Check the version that was released, its tag, and its entry of the changelog."""
    version = step.data["version"]
    assert workplace.must_run("git describe --tags --exact-match").strip() == f"v{version}"
    entry = workplace.read("CHANGELOG.md").partition(f"## [{version}]")[2].partition("\n## [")[0]
    (shown / "changelog.md").write_text(f"## [{version}]{entry}\n", encoding="utf-8")
    for text in step.data.get("changelog", ()):
        assert text in entry, entry
    built = [path.name for path in (workplace.folder / "build" / "release").glob("*.whl")]
    assert f"eigen_generate-{version}-py3-none-any.whl" in built, built


def test_every_command_of_the_page_was_typed(year: Year) -> None:
    assert year.typed == set(CHAPTERS)
