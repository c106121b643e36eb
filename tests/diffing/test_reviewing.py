"""`diff` as a pull request uses it: what fails, contracts of git revisions, drift, recorded examples."""

import io
import subprocess
from pathlib import Path

import pytest

from generator import pipeline
from generator.__main__ import main

LIBRARY = Path(__file__).parent / "library.yaml"
REMOVED = ("        weight: {type: number}\n", "")
DEPRECATED = ("weight: {type: number}", "weight: {type: number, deprecated: true}")
EXAMPLES = (
    "            example: {title: Emma}\n",
    "            examples: {emma: {value: {title: Emma}}, middlemarch: {value: {title: Middlemarch}}}\n",
)


def write_edited(folder: Path, *edits: tuple[str, str], name: str = "openapi.yaml") -> str:
    """Write the contract with each text replaced, and return its path."""
    text = LIBRARY.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("declared", "options", "status"),
    [
        ("0.3.1", ["--allow-breaking"], 0),
        ("0.3.1", ["--fail-on", "unversioned", "--allow-breaking"], 0),
        ("0.3.2", ["--fail-on", "unversioned"], 1),
        ("0.4.0", ["--fail-on", "unversioned"], 0),
        ("1.0.0", ["--fail-on", "unversioned"], 0),
        ("0.4.0", [], 1),
    ],
)
def test_the_exit_status_follows_what_is_to_fail(
    declared: str, options: list[str], status: int, tmp_path: Path
) -> None:
    new = write_edited(tmp_path, REMOVED, ("version: 0.3.1", f"version: {declared}"))
    assert main(["diff", str(LIBRARY), new, *options]) == status


def test_a_contract_that_is_not_valid_makes_a_comment_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_edited(tmp_path, ("cover: {enum: [hard, soft]}", "cover: {enum: '```@octocat'}"))
    assert main(["diff", str(LIBRARY), new, "--markdown"]) == 2
    output = capsys.readouterr()
    assert output.out.startswith("## Contract change: the contract is not valid\n")
    assert "#/components/schemas/Order/properties/cover/enum" in output.out
    assert output.err.count("\n") == 1


def git(root: Path, *arguments: str) -> str:
    """Run git in a repository, and return what it prints."""
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(root), *identity, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def commit(root: Path, message: str) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which `api/openapi.yaml` was committed once, as the working directory."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    (tmp_path / "api").mkdir()
    write_edited(tmp_path / "api")
    commit(tmp_path, "Begin")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_compares_with_a_file_of_a_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edited(repository / "api", REMOVED)
    assert main(["diff", "HEAD:api/openapi.yaml", "api/openapi.yaml"]) == 1
    text = capsys.readouterr().out
    assert "request-property-removed" in text
    assert "HEAD:api/openapi.yaml:158 #/components/schemas/Order/properties/weight" in text


@pytest.mark.parametrize(
    "name", ["HEAD:openapi.yaml", "no-such-branch:api/openapi.yaml", "-x:openapi.yaml", "missing.yaml"]
)
def test_a_revision_or_file_that_is_not_there_is_named(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository
    assert main(["diff", "--", name, "api/openapi.yaml"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"generator: {name}: ")
    assert error.count("\n") == 1


def test_a_fault_in_a_revision_is_named_after_the_revision(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_edited(repository / "api", ("cover: {enum: [hard, soft]}", "cover: {enum: 1}"))
    commit(repository, "Break it")
    write_edited(repository / "api")
    assert main(["diff", "HEAD:api/openapi.yaml", "api/openapi.yaml"]) == 2
    assert capsys.readouterr().err.startswith("generator: HEAD:api/openapi.yaml:159 #/components/")


@pytest.mark.deep
def test_the_version_is_counted_from_the_last_release(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "tag", "v0.3.1")
    write_edited(repository / "api", ("version: 0.3.1", "version: 0.4.0"), ("copies: {type", "number: {type"))
    commit(repository, "Break it, in a version of its own")
    write_edited(
        repository / "api", ("version: 0.3.1", "version: 0.4.0"), ("copies: {type", "number: {type"), REMOVED
    )
    arguments = ["diff", "HEAD:api/openapi.yaml", "api/openapi.yaml", "--fail-on=unversioned", "--markdown"]
    assert main(arguments) == 1  # 0.5.0 would follow from 0.4.0, if that were released
    capsys.readouterr()
    assert main([*arguments, "--released", "last"]) == 0
    assert "`0.4.0` follows from `0.3.1` of the release `v0.3.1:api/openapi.yaml`" in capsys.readouterr().out


@pytest.mark.deep
def test_what_no_release_has_deprecated_breaks_twice_over(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "tag", "v0.3.1")
    write_edited(repository / "api", DEPRECATED)
    commit(repository, "Deprecate it")
    write_edited(repository / "api", REMOVED)
    arguments = ["diff", "HEAD:api/openapi.yaml", "api/openapi.yaml", "--released", "last"]
    assert main(arguments) == 1
    assert "Breaking twice over" in capsys.readouterr().out
    git(repository, "tag", "v0.3.2")
    assert main(arguments) == 1
    assert "Breaking twice over" not in capsys.readouterr().out


def test_without_a_release_the_old_contract_counts(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_edited(repository / "api", REMOVED)
    arguments = ["diff", "HEAD:api/openapi.yaml", "api/openapi.yaml", "--released", "last", "--markdown"]
    assert main(arguments) == 1
    assert "`0.4.0` follows from `0.3.1` of the old contract" in capsys.readouterr().out


@pytest.mark.deep
def test_a_client_that_was_not_built_again_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = Path(write_edited(tmp_path))
    pipeline.build(spec, tmp_path / "client")
    arguments = ["diff", str(LIBRARY), str(spec), "--client", str(tmp_path / "client")]
    assert main(arguments) == 0
    write_edited(tmp_path, ("summary: Lend a book.", "summary: Lends a book."))
    assert main(arguments) == 1
    assert "files differ; run `python -m generator build`" in capsys.readouterr().err
    assert main([*arguments, "--markdown", "--allow-breaking"]) == 1
    assert "differs from what the contract makes" in capsys.readouterr().out


def test_names_the_examples_that_have_no_recorded_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_edited(tmp_path, EXAMPLES)
    monkeypatch.setattr("sys.stdin", io.StringIO("emma\n\nother\n"))
    assert main(["diff", str(LIBRARY), new, "--markdown", "--recorded-examples", "-"]) == 0
    text = capsys.readouterr().out
    assert "- `middlemarch` at `#/paths/~1loans/post/requestBody/content/application~1json" in text
    assert "- `emma`" not in text
    names = tmp_path / "names.txt"
    names.write_text("emma\nmiddlemarch\n", encoding="utf-8")
    assert main(["diff", str(LIBRARY), new, "--markdown", "--recorded-examples", str(names)]) == 0
    assert "**Examples:** all are recorded." in capsys.readouterr().out
