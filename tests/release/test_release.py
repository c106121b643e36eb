"""A release follows from what changed for callers, and changes no file without `--write`."""

import hashlib
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import release.__main__ as command
from generator import pipeline
from generator.model.sdk import Sdk
from generator.rendering import packaging
from release import project
from release.__main__ import main
from release.changelog import insert
from release.project import set_version
from release.repository import RefusedError

LIBRARY = Path(__file__).parents[1] / "diffing" / "library.yaml"
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- Something that people wrote.
"""
JUDGE = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "judge"
requires-python = ">=3.11"
version = "0.1.0"

[tool.hatch.build.targets.wheel]
packages = ["judge"]
"""


def git(root: Path, *arguments: str) -> str:
    """Run git in a repository and return what it prints."""
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"]
    process = subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], capture_output=True, text=True, check=True
    )
    return process.stdout


def commit(root: Path, message: str) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A repository with a contract, its client, and a tag."""
    root = tmp_path / "repository"
    (root / "contract_tests" / "judge").mkdir(parents=True)
    (root / "contract_tests" / "pyproject.toml").write_text(JUDGE, encoding="utf-8")
    (root / "contract_tests" / "judge" / "__init__.py").write_text('"""Judges."""\n', encoding="utf-8")
    (root / "openapi.yaml").write_bytes(LIBRARY.read_bytes())
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (root / ".gitignore").write_text("/build/\n__pycache__/\n", encoding="utf-8")
    pipeline.build(root / "openapi.yaml", root / "generated_client")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    commit(root, "Begin")
    return root


def edit(root: Path, old: str, new: str) -> None:
    """Change the contract, build, and commit."""
    spec = root / "openapi.yaml"
    text = spec.read_text(encoding="utf-8")
    assert text.count(old) == 1
    spec.write_text(text.replace(old, new), encoding="utf-8")
    pipeline.build(spec, root / "generated_client")
    commit(root, "Edit the contract")


ReadOutput = Callable[[], str]


@pytest.fixture
def read_output(capsys: pytest.CaptureFixture[str]) -> ReadOutput:
    def read() -> str:
        captured = capsys.readouterr()
        return captured.out + captured.err

    return read


@pytest.mark.deep
def test_without_a_tag_it_is_the_first_release(released: Path, read_output: ReadOutput) -> None:
    assert main(["--write"], released) == 0
    printed = read_output()
    assert "this is the first release, compared with nothing" in printed
    assert "-- --against REV" in printed
    assert "release 0.3.1" in printed
    log = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "- Something that people wrote." in log.partition("## [0.3.1]")[2]
    assert [line[3:] for line in git(released, "status", "--porcelain").splitlines()] == ["CHANGELOG.md"]


@pytest.mark.deep
def test_a_first_release_can_be_compared_with_a_commit(released: Path, read_output: ReadOutput) -> None:
    edit(released, "        copies: {type: integer, minimum: 1, default: 1}\n", "")
    assert main(["--against", "HEAD~1"], released) == 0
    assert "release 0.4.0 (was 0.3.1)" in read_output()


def test_refuses_a_dirty_tree(released: Path, read_output: ReadOutput) -> None:
    git(released, "tag", "v0.3.1")
    (released / "notes.txt").write_text("not committed\n", encoding="utf-8")
    assert main([], released) == 2
    assert "notes.txt" in read_output()


def test_refuses_an_unknown_revision(released: Path, read_output: ReadOutput) -> None:
    assert main(["--against", "v9.9.9"], released) == 2
    assert "v9.9.9" in read_output()


def test_refuses_if_nothing_changed(released: Path, read_output: ReadOutput) -> None:
    git(released, "tag", "v0.3.1")
    assert main([], released) == 2
    assert "nothing to release" in read_output()


@pytest.mark.deep
def test_a_comment_in_the_contract_is_nothing_to_release(released: Path, read_output: ReadOutput) -> None:
    git(released, "tag", "v0.3.1")
    edit(released, "openapi: 3.1.0", "# A comment.\nopenapi: 3.1.0")
    assert main([], released) == 2
    assert "nothing to release" in read_output()


def test_changes_nothing_without_write(released: Path, read_output: ReadOutput) -> None:
    git(released, "tag", "v0.3.1")
    edit(released, "        copies: {type: integer, minimum: 1, default: 1}\n", "")
    assert main([], released) == 0
    assert git(released, "status", "--porcelain") == ""
    assert "release 0.4.0 (was 0.3.1)" in read_output()
    built = sorted(path.name for path in (released / "build" / "release").iterdir())
    assert built == [
        "judge-0.1.0-py3-none-any.whl",
        "judge-0.1.0.tar.gz",
        "library_client-0.4.0-py3-none-any.whl",
        "library_client-0.4.0.tar.gz",
    ]


@pytest.mark.deep
def test_an_entry_says_the_values_that_are_short(released: Path) -> None:
    git(released, "tag", "v0.3.1")
    edit(
        released,
        "        copies: {type: integer, minimum: 1, default: 1}\n",
        "        copies: {type: integer, minimum: 2, default: 2}\n",
    )
    assert main(["--write"], released) == 0
    entry = (released / "CHANGELOG.md").read_text(encoding="utf-8").partition("## [0.4.0]")[2]
    assert "`1` → `2`. " in entry


@pytest.mark.deep
def test_writes_the_version_the_entry_and_the_client(released: Path) -> None:
    git(released, "tag", "v0.3.1")
    edit(released, "        copies: {type: integer, minimum: 1, default: 1}\n", "")
    before = (released / "openapi.yaml").read_bytes()
    assert main(["--write"], released) == 0
    after = (released / "openapi.yaml").read_bytes()
    assert after == before.replace(b"version: 0.3.1", b"version: 0.4.0")
    log = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "- Something that people wrote." in log.partition("## [0.4.0]")[2]
    line = "- **Breaking, without a release in which it was deprecated.** `client.books.lend(copies=)`"
    assert line in log.partition("### Removed")[2]
    versions = (released / "generated_client" / "library_client" / "_version.py").read_text(encoding="utf-8")
    assert '__version__ = "0.4.0"' in versions
    assert f'__contract_sha256__ = "{hashlib.sha256(after).hexdigest()}"' in versions


def fix_the_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every build from now on copy a changed runtime."""
    copy = packaging.copy_runtime

    def copy_fixed(project: Path, sdk: Sdk) -> None:
        copy(project, sdk)
        fixed = project / sdk.package / "_runtime" / "streaming" / "sse.py"
        fixed.write_text(fixed.read_text(encoding="utf-8") + "\n# A fix.\n", encoding="utf-8")

    monkeypatch.setattr(packaging, "copy_runtime", copy_fixed)


@pytest.mark.deep
def test_a_fix_of_the_runtime_alone_is_a_patch(
    released: Path, read_output: ReadOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(released, "tag", "v0.3.1")
    fix_the_runtime(monkeypatch)
    pipeline.build(released / "openapi.yaml", released / "generated_client")
    commit(released, "Fix the runtime")
    assert main(["--write"], released) == 0
    assert "release 0.3.2 (was 0.3.1)" in read_output()
    log = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "- The client's own workings" in log.partition("## [0.3.2]")[2]


def test_refuses_a_client_that_is_not_built_from_what_is_committed(
    released: Path, read_output: ReadOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(released, "tag", "v0.3.1")
    fix_the_runtime(monkeypatch)
    assert main(["--write"], released) == 2
    reason = "is not what would be built (1 files differ, library_client/_runtime/streaming/sse.py"
    assert f"generated_client {reason}" in read_output()
    assert git(released, "status", "--porcelain") == ""


@pytest.mark.deep
@pytest.mark.parametrize("step", ["set_version", "rebuild", "build_distributions", "put"])
def test_a_failure_leaves_the_tree_and_the_older_wheels_as_they_were(
    step: str, released: Path, read_output: ReadOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(released, "tag", "v0.3.1")
    edit(released, "        copies: {type: integer, minimum: 1, default: 1}\n", "")
    wheel = released / "build" / "release" / "older.whl"
    wheel.parent.mkdir(parents=True)
    wheel.write_bytes(b"older")

    def fail(*_: object) -> None:
        raise RefusedError("planted")

    monkeypatch.setattr(command if step == "build_distributions" else project, step, fail)
    assert main(["--write"], released) == 2
    assert "release: planted" in read_output()
    assert git(released, "status", "--porcelain", "--ignored").split() == ["!!", "build/"]
    assert [path.name for path in wheel.parent.iterdir()] == ["older.whl"]


@pytest.mark.deep
def test_names_a_project_that_does_not_build_and_writes_nothing(
    released: Path, read_output: ReadOutput
) -> None:
    broken = released / "contract_tests" / "pyproject.toml"
    broken.write_text(JUDGE.replace('"0.1.0"', '"no version"'), encoding="utf-8")
    commit(released, "Break the judge")
    assert main(["--write"], released) == 2
    assert "contract_tests does not build" in read_output()
    assert git(released, "status", "--porcelain") == ""
    assert not (released / "build").exists()


def test_edits_only_the_line_of_the_version(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_bytes(b"info: {version: 1.2.3}\r\nx-sdk:\r\n  version: 1.2.3  # the SDK's\r\n")
    set_version(spec, "1.3.0")
    assert spec.read_bytes() == b"info: {version: 1.2.3}\r\nx-sdk:\r\n  version: 1.3.0  # the SDK's\r\n"


def test_keeps_older_entries_of_the_changelog(tmp_path: Path) -> None:
    log = tmp_path / "CHANGELOG.md"
    log.write_text(f"{CHANGELOG}\n## [0.1.0] - 2025-01-01\n\n### Added\n\n- The first.\n", encoding="utf-8")
    insert(log, "0.2.0", "### Fixed\n\n- A fault.\n", date(2025, 2, 1))
    text = log.read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2025-02-01\n")
    assert text.endswith("\n## [0.1.0] - 2025-01-01\n\n### Added\n\n- The first.\n")
    assert text.index("- Something") < text.index("- A fault.") < text.index("- The first.")
