"""Workflows, `.ci/run` and hooks run what the noxfile has, with the versions that pyproject.toml pins."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Sessions that no workflow runs, and why.
BY_HAND = {
    "contract": "needs a server to judge; the workflow `contract` uses the package",
    "fuzz": "goes on for as long as someone lets it",
    "generate": "changes the tree; `drift` says whether it would",
    "record": "changes the tree",
    "tape": "shows what is in the tree",
    "mutants": "takes an hour",
    "bench": "figures of a shared machine say nothing; so do those of its parts",
    "constructs": "needs Java and documents of others",
    "release": "prepares a commit, which a person looks at",
    "page": "needs a saved copy of the vendor's page",
    "opinions": "a second opinion, which need not be ours",
}


def sessions_of_noxfile() -> set[str]:
    """Return the names of all sessions, read from the noxfile without running it."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {name for function in tree.body for name in session_names(function)}


def session_names(statement: ast.stmt) -> Iterator[str]:
    """Yield the name of a session, if a statement defines one."""
    if not isinstance(statement, ast.FunctionDef):
        return
    for decorator in statement.decorator_list:
        if ast.unparse(decorator).startswith("nox.session"):
            names = {
                keyword.arg: ast.literal_eval(keyword.value)
                for keyword in (decorator.keywords if isinstance(decorator, ast.Call) else [])
            }
            name = names.get("name", statement.name)
            yield "bench" if name.startswith("bench(") else name


def jobs_of(workflow: Path) -> list[dict[str, Any]]:
    """Return the jobs of a workflow."""
    return list(yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values())


def sessions_of_job(job: dict[str, Any]) -> set[str]:
    """Return the sessions that a job runs, by its matrix or by name."""
    commands = [step.get("run", "") for step in job.get("steps", [])]
    named = {name for command in commands for name in re.findall(r"^\./dev -s ([\w()]+)", command, re.M)}
    uses_matrix = any('./dev -s "$SESSION"' in command for command in commands)
    return named | set(job["strategy"]["matrix"]["session"] if uses_matrix else ())


def sessions_of_workflows() -> set[str]:
    return {name for workflow in WORKFLOWS for job in jobs_of(workflow) for name in sessions_of_job(job)}


def test_every_session_is_run_by_a_workflow_or_by_hand() -> None:
    assert sessions_of_workflows() | BY_HAND.keys() == sessions_of_noxfile()
    assert sessions_of_workflows() & BY_HAND.keys() == set()


def test_continuous_integration_runs_only_sessions_that_workflows_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    names = {name for line in re.findall(r"\./dev -s ([a-z() ]+)", script) for name in line.split()}
    assert names
    assert names <= sessions_of_workflows()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.stem)
def test_every_action_is_pinned_by_hash_and_names_its_version(workflow: Path) -> None:
    uses = re.findall(r"uses: (?!\./)(.+)", workflow.read_text(encoding="utf-8"))
    unpinned = [text for text in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", text)]
    assert unpinned == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.stem)
def test_no_workflow_may_write_but_the_jobs_that_must(workflow: Path) -> None:
    text = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert text["permissions"] in ({}, {"contents": "read"})
    writing = {
        (name, permission)
        for name, job in text["jobs"].items()
        for permission, access in job.get("permissions", {}).items()
        if access == "write"
    }
    assert writing <= {("publish", "id-token"), ("comment", "pull-requests")}


def test_each_system_runs_the_sessions_that_depend_on_it() -> None:
    (job,) = [
        job
        for job in jobs_of(ROOT / ".github" / "workflows" / "ci.yml")
        if "os" in job.get("strategy", {}).get("matrix", {})
    ]
    systems = [system.partition("-")[0] for system in job["strategy"]["matrix"]["os"]]
    assert systems == ["ubuntu", "macos", "windows"]


def test_hooks_have_the_versions_that_the_sessions_have() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    pinned = {requirement for hook in hooks for requirement in hook["additional_dependencies"]}
    assert pinned
    assert pinned <= set(groups["lint"])
