"""The steps of the year fit the contract as it is, and the page that they are typed from."""

import re
import shutil
from pathlib import Path

import pytest

from tests.year.page_commands import PAGE, read_chapters
from tests.year.steps import begin_at_1_0_0, read_steps, set_version
from tests.year.workplace import ROOT, Edit


def test_each_edit_finds_the_text_that_it_changes(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("openapi.yaml", "tests/page.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    begin_at_1_0_0(tmp_path / "openapi.yaml")
    for step in read_steps():
        for edit in [*step.edits("edit"), *step.edits("mend")]:
            edit.apply(tmp_path)
        set_version(tmp_path / "openapi.yaml", step.data["version"])


def test_every_chapter_with_commands_is_typed_in_some_step() -> None:
    assert {heading for step in read_steps() for heading in step.chapters} == set(read_chapters())


def test_the_edit_on_the_page_is_that_of_the_first_step() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (edit,) = read_steps()[0].edits("edit")
    assert shown in edit.new


def test_the_year_has_twelve_changes() -> None:
    assert len(read_steps()) == 12


def test_a_text_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one one", encoding="utf-8")
    with pytest.raises(AssertionError, match="has this 2 times"):
        Edit("a.txt", "one", "two").apply(tmp_path)
