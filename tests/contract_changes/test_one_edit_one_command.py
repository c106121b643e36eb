"""Editing `openapi.yaml` and running `./dev -s generate` is all that a change of the contract takes.

Each change is made in a copy of the project, the copy is generated, and the project's own suites judge it.
They stay green, and nothing else is edited but the record of the vendor's page where that page changed.
"""

import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract_changes.changes import CHANGES, ContractChange
from tests.contract_changes.project_copy import ProjectCopy, commands_of

pytestmark = pytest.mark.deep

PYTEST = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not deep")
QUICK = (
    (*PYTEST, "tests/contract", "tests/generator/test_surface_pinned.py"),
    (*PYTEST, "contract_tests", "--target=recorded", "--only-target"),
    (*PYTEST, *(f"contract_tests/test_client_{name}.py" for name in ("reads", "texts", "streams", "tape"))),
)
"""What is likely to hold a list by hand: the anchors of the contract, the surface, the tape, the client."""
FULL = {
    "reference": (*PYTEST, "contract_tests", "--target=reference", "--cases=100"),
    "client": (*PYTEST, "tests/client", "tests/programs"),
    "judge": (*PYTEST, "tests/judge/test_cli.py", "tests/report", "tests/reference/test_contract.py"),
    "editor": (*PYTEST, "tests/editor"),
}
"""What asks every method and every field, or judges the judge: run once, over all changes together."""


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_change_needs_no_other_edit(change: ContractChange, tmp_path: Path) -> None:
    project = ProjectCopy.make(tmp_path)
    project.edit(change)
    project.generate()
    for command in (*commands_of("drift"), *QUICK):
        project.run(*command)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    """A copy in which every change was made, one after the other."""
    project = ProjectCopy.make(tmp_path_factory.mktemp("grown"))
    for change in CHANGES:
        project.edit(change)
    project.generate()
    return project


@pytest.mark.parametrize("suite", FULL)
def test_all_changes_together_leave_the_suites_green(suite: str, grown: ProjectCopy) -> None:
    grown.run(*FULL[suite])


def test_an_edit_that_was_not_generated_is_noticed(tmp_path: Path) -> None:
    project = ProjectCopy.make(tmp_path)
    project.edit(CHANGES[0])
    (drift,) = commands_of("drift")
    with pytest.raises(AssertionError, match="generated_client"):
        project.run(*drift)


def test_a_change_without_evidence_is_noticed(tmp_path: Path) -> None:
    project = ProjectCopy.make(tmp_path)
    project.edit(CHANGES[0])
    before, field, after = project.contract.read_text(encoding="utf-8").partition("whisper_factor:")
    unlabelled = after.replace("x-evidence: assumed", "", 1)
    project.contract.write_text(f"{before}{field}{unlabelled}", encoding="utf-8")
    with pytest.raises(AssertionError, match="test_every_statement_is_labelled"):
        project.run(*PYTEST, "tests/contract/test_evidence.py")


def test_a_new_field_reaches_signature_and_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = ProjectCopy.make(tmp_path)
    project.edit(CHANGES[0])
    text = project.contract.read_text(encoding="utf-8")
    # Under another name, because this process has the client of the contract as it is.
    project.contract.write_text(text.replace("eigen_generate", "whispering"), encoding="utf-8")
    project.run("python", "-m", "generator", "build", "--spec", "openapi.yaml", "--out", "built")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "built"), *sys.path])
    package: Any = importlib.import_module("whispering")
    generate = package.EigenGenerate(api_key="test-key").images.generate
    parameter = inspect.signature(generate).parameters["whisper_factor"]
    assert (parameter.annotation, parameter.default) == ("int | None", None)
    assert "whisper_factor: How softly to do it. At least 1." in " ".join(str(generate.__doc__).split())
