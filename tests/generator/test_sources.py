"""What of the factory shapes a client, and so is copied into it or counts for its stamp."""

import json
import shutil
from pathlib import Path

import pytest

from generator import finish
from tests.generator.projects import GOLDEN

SPEC = GOLDEN / "security.yaml"


@pytest.fixture
def factory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the factory's files, which the stamp is made of."""
    folder = tmp_path / "generator"
    shutil.copytree(finish.GENERATOR, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(finish, "GENERATOR", folder)
    return folder


def stamped(folder: Path) -> str:
    finish.stamp(folder, SPEC)
    return str(json.loads((folder / finish.STAMP).read_text(encoding="utf-8"))["generator"]["sha256"])


@pytest.mark.parametrize("name", ["runtime/core.py.orig", ".notes.swp", "diffing/new.py"])
def test_what_does_not_shape_a_client_does_not_change_its_stamp(
    name: str, factory: Path, tmp_path: Path
) -> None:
    before = stamped(tmp_path)
    (factory / name).write_text("other", encoding="utf-8")
    assert stamped(tmp_path) == before


@pytest.mark.parametrize("name", ["runtime/core.py", "templates/README.md.jinja", "x-sdk.schema.json"])
def test_what_shapes_a_client_changes_its_stamp(name: str, factory: Path, tmp_path: Path) -> None:
    before = stamped(tmp_path)
    (factory / name).write_text("other", encoding="utf-8")
    assert stamped(tmp_path) != before


def test_only_sources_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / "runtime"
    (runtime / "inner").mkdir(parents=True)
    for name in ("a.py", "inner/b.py", "a.py.orig", ".a.py.swp", "inner/.DS_Store"):
        (runtime / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(finish, "RUNTIME", runtime)
    target = tmp_path / "target"
    target.mkdir()
    finish.copy_sources(target / "_runtime")
    copied = [path.relative_to(target).as_posix() for path in sorted(target.rglob("*")) if path.is_file()]
    assert copied == ["_runtime/a.py", "_runtime/inner/b.py"]
