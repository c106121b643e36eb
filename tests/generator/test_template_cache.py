"""Compiled templates are taken again, and never in the place of a template that says something else."""

import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.template_cache import keep_compiled


def rendered(templates: Path, loud: Callable[[str], str]) -> str:
    """What the template `a` says in a fresh environment."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(templates))
    environment.filters["loud"] = loud
    keep_compiled(environment, templates, [templates / "filters.py"])
    return environment.get_template("a").render()


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a").write_text("{{ 'one' | loud }}", encoding="utf-8")
    (tmp_path / "filters.py").write_text("loud = str.upper", encoding="utf-8")
    return tmp_path


def test_a_compiled_template_is_taken_again(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(templates, str.upper) == "ONE"
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    assert rendered(templates, str.upper) == "ONE"


def test_a_changed_template_or_filter_counts(templates: Path) -> None:
    assert rendered(templates, str.upper) == "ONE"
    (templates / "filters.py").write_text("loud = str.title", encoding="utf-8")
    assert rendered(templates, str.title) == "One"
    (templates / "a").write_text("{{ 'two' | loud }}", encoding="utf-8")
    assert rendered(templates, str.upper) == "TWO"


def test_another_jinja_compiles_anew(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(templates, str.upper)
    monkeypatch.setattr(jinja2, "__version__", "99")
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    with pytest.raises(TypeError):
        rendered(templates, str.upper)


def test_a_folder_that_cannot_be_made_is_done_without(templates: Path) -> None:
    (templates / "__pycache__").write_text("a file", encoding="utf-8")
    assert rendered(templates, str.upper) == "ONE"


def test_nothing_is_kept_where_python_keeps_nothing(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(templates, str.upper) == "ONE"
    assert sorted(path.name for path in templates.iterdir()) == ["a", "filters.py"]
