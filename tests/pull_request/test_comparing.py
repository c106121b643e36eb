"""`python -m pull_request`, and the actions that run it: comment, summary, exit status."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import pipeline
from pull_request.__main__ import main
from pull_request.comparing import list_recorded_examples

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "diffing" / "library.yaml"
ACTIONS = ROOT / ".github" / "actions"
EXAMPLES = (
    "            example: {title: Emma}\n",
    "            examples: {emma: {value: {title: Emma}}, middlemarch: {value: {title: Middlemarch}}}\n",
)
REMOVED = ("        weight: {type: number}\n", "")


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], capture_output=True, check=True)


def edit(root: Path, *edits: tuple[str, str]) -> None:
    """Write the contract with each text replaced, and commit it."""
    text = LIBRARY.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (root / "openapi.yaml").write_text(text, encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "Edit the contract")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a contract, as the working directory. It has folders that are named as ours."""
    root = tmp_path / "repository"
    for name in ("generator", "pull_request"):
        (root / name).mkdir(parents=True)
        (root / name / "__init__.py").write_text("raise SystemExit('the wrong one')\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    edit(root)
    monkeypatch.chdir(root)
    return root


def test_writes_the_comment_everywhere(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(repository, REMOVED)
    summary = repository.parent / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    out = repository.parent / "comment.md"
    environment = {"GITHUB_STEP_SUMMARY": str(summary), "INPUT_BASE": "HEAD^1", "INPUT_OUT": str(out)}
    assert main([], environment) == 1
    comment = capsys.readouterr().out
    assert comment.startswith("## Contract change: breaking twice over\n")
    assert out.read_text(encoding="utf-8") == comment
    assert summary.read_text(encoding="utf-8") == f"before\n{comment}"
    assert main([], {**environment, "INPUT_ALLOW_BREAKING": "true"}) == 0
    assert main([], {**environment, "INPUT_ALLOW_BREAKING": "false"}) == 1


def test_counts_from_the_last_release(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "v0.3.1")
    edit(repository, REMOVED, ("version: 0.3.1", "version: 0.4.0"))
    assert main(["--base", "HEAD^1"], {}) == 0
    assert "of the release `v0.3.1:openapi.yaml`; `0.4.0` is declared" in capsys.readouterr().out


def test_the_first_contract_is_compared_with_itself(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "openapi.yaml").rename(repository / "first.yaml")
    assert main(["--spec", "first.yaml", "--base", "0" * 40], {}) == 0
    capsys.readouterr()
    assert main(["--spec", "first.yaml"], {}) == 0
    assert capsys.readouterr().out.startswith("## Contract change: nothing changes for callers\n")


def test_a_base_that_is_not_there_is_status_2(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repository
    assert main(["--base", "HEAD^7"], {}) == 2
    assert "HEAD^7:openapi.yaml: is neither a file nor a file of a git revision" in capsys.readouterr().out


def test_an_invalid_contract_is_status_2(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "openapi.yaml").write_text("openapi: [\n", encoding="utf-8")
    assert main([], {}) == 2
    assert capsys.readouterr().out.startswith("## Contract change: the contract is not valid\n")


def test_names_examples_that_the_tape_lacks(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(repository, EXAMPLES)
    tape = repository / "tape"
    tape.mkdir()
    (tape / "tape.toml").write_text(
        'format = 2\n[[exchange]]\nlabel = "example emma"\n[[exchange]]\nlabel = "refused middlemarch"\n',
        encoding="utf-8",
    )
    assert main(["--base", "HEAD^1", "--tape", "tape"], {}) == 0
    text = capsys.readouterr().out
    assert "- `middlemarch` at " in text
    assert "- `emma` at " not in text


def test_reads_the_tape_of_the_repository() -> None:
    names = list_recorded_examples(ROOT / "contract_tests" / "recordings")
    assert {"image-generation", "transcription", "voice-upload"} <= set(names)


def run_action(name: str, root: Path, inputs: dict[str, str], **environment: str) -> int:
    """Run the last step of an action as a runner does, in `root`, and return its exit status."""
    action: dict[str, Any] = yaml.safe_load((ACTIONS / name / "action.yml").read_text(encoding="utf-8"))
    values = {key: str(value.get("default", "")) for key, value in action["inputs"].items()} | inputs
    step = action["runs"]["steps"][-1]
    assert step["shell"] == "bash"
    variables = {
        key: values[template.removeprefix("${{ inputs.").removesuffix(" }}")]
        for key, template in step["env"].items()
    }
    search_path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables |= {"PATH": search_path, "GITHUB_ACTION_PATH": str(ACTIONS / name), **environment}
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=root, env=variables, check=False).returncode


@pytest.mark.deep
def test_the_action_runs_its_own_generator(repository: Path) -> None:
    edit(repository, REMOVED)
    assert run_action("contract-change", repository, {}) == 1
    comment = (repository / "contract-change.md").read_text(encoding="utf-8")
    assert comment.startswith("## Contract change: breaking twice over\n")
    assert run_action("contract-change", repository, {"allow-breaking": "true"}) == 0


@pytest.mark.deep
def test_the_action_fails_for_a_client_that_was_not_built_again(repository: Path) -> None:
    pipeline.build(repository / "openapi.yaml", repository / "client")
    assert run_action("contract-change", repository, {"client": "client", "base": "HEAD"}) == 0
    edit(repository, ("summary: Lend a book.", "summary: Lends a book."))
    assert run_action("contract-change", repository, {"client": "client", "base": "HEAD"}) == 1
