"""What `./dev -s build` refuses: bytes that differ, incomplete wheels, licences, known vulnerabilities."""

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from release.build import refuse_other_version
from release.distributions import build_distributions, refuse_if_not_reproducible, write_checksums
from release.metadata import extras_of, refuse_faulty_wheel
from release.repository import RefusedError
from release.supply_chain import judge_audit, judge_licences

ROOT = Path(__file__).parents[2]
METADATA = """Metadata-Version: 2.4
Name: thing
Version: 1
Summary: A thing.
Requires-Python: >=3.11
License-Expression: MIT
License-File: LICENSE
Classifier: Typing :: Typed
Description-Content-Type: text/markdown
Provides-Extra: cli

# thing
"""
FILES = {
    "thing/__init__.py": "",
    "thing/py.typed": "",
    "thing-1.dist-info/METADATA": METADATA,
    "thing-1.dist-info/licenses/LICENSE": "MIT",
}


def write_wheel(folder: Path, files: dict[str, str]) -> Path:
    """Write a wheel that has these files."""
    path = folder / "thing-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_complete_wheel_is_accepted(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, FILES)
    refuse_faulty_wheel(wheel)
    assert extras_of(wheel) == ["cli"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"thing/py.typed": None}, "thing has no py.typed"),
        ({"thing-1.dist-info/licenses/LICENSE": None}, "holds no licence"),
        ({"thing/test_it.py": ""}, "it holds thing/test_it.py"),
        ({"thing/__pycache__/a.pyc": ""}, "it holds thing/__pycache__/a.pyc"),
        ({"thing-1.dist-info/METADATA": METADATA.replace("Classifier: Typing :: Typed\n", "")}, "has types"),
        (
            {"thing-1.dist-info/METADATA": METADATA.replace("License-Expression: MIT\n", "")},
            "License-Expression",
        ),
        ({"thing-1.dist-info/METADATA": METADATA.replace("# thing\n", "")}, "no description"),
    ],
)
def test_a_faulty_wheel_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    files = {name: text for name, text in {**FILES, **change}.items() if text is not None}
    with pytest.raises(RefusedError, match=message):
        refuse_faulty_wheel(write_wheel(tmp_path, files))


def licences(**by_name: str) -> list[dict[str, str]]:
    """Return packages as the tool lists them."""
    return [{"Name": name, "Version": "1", "License": licence} for name, licence in by_name.items()]


def test_permissive_licences_are_accepted() -> None:
    names = [
        "MIT",
        "BSD License",
        "BSD-3-Clause",
        "Apache Software License",
        "Apache-2.0 OR BSD-2-Clause",
        "PSF-2.0",
    ]
    assert judge_licences(licences(**{f"p{index}": name for index, name in enumerate(names)})) == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0", "LGPLv2 (LGPLv2)", "UNKNOWN", "", "Proprietary", "MIT AND GPL-2.0", "MPL-2.0"]
)
def test_a_licence_that_nothing_argues_for_is_refused(licence: str) -> None:
    with pytest.raises(RefusedError, match="thing 1"):
        judge_licences(licences(thing=licence))


def test_what_is_argued_is_said_once() -> None:
    remarks = judge_licences(licences(certifi="MPL-2.0", av="BSD-3-Clause"))
    assert [remark.partition(":")[0] for remark in remarks] == ["certifi", "av"]
    assert "GPL" in remarks[1]
    with pytest.raises(RefusedError, match="certifi"):
        judge_licences(licences(certifi="Proprietary"))


def audit_result(stdout: str, stderr: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
    """Return what pip-audit left when it ended."""
    return subprocess.CompletedProcess(["pip-audit"], status, stdout, stderr)


def test_an_audit_without_the_database_says_that_it_did_not_run() -> None:
    text = judge_audit(audit_result("", "Traceback\nConnectionError: no route\n", 1))
    assert text.startswith("DID NOT RUN")
    assert "no route" in text


def test_a_database_that_knows_no_package_is_none() -> None:
    packages = [{"name": name, "skip_reason": "not found"} for name in ("attrs", "httpx")]
    text = judge_audit(audit_result(json.dumps({"dependencies": packages})))
    assert text.startswith("DID NOT RUN")


def test_a_known_vulnerability_is_refused() -> None:
    clean: dict[str, object] = {"name": "attrs", "version": "26", "vulns": []}
    faulty = {"name": "h11", "version": "0.1", "vulns": [{"id": "PYSEC-1"}]}
    local = {"name": "eigen-generate", "skip_reason": "not found"}
    assert "1 packages" in judge_audit(audit_result(json.dumps({"dependencies": [clean, local]})))
    with pytest.raises(RefusedError, match=r"h11 0\.1: PYSEC-1"):
        judge_audit(audit_result(json.dumps({"dependencies": [clean, faulty]}), status=1))


def test_an_audit_of_nothing_is_refused() -> None:
    with pytest.raises(RefusedError, match="no package at all"):
        judge_audit(audit_result(json.dumps({"dependencies": []})))


def test_a_tag_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "eigen_generate-0.2.0-py3-none-any.whl").touch()
    for tag in ("", "v0.2.0"):
        refuse_other_version(tag, tmp_path)
    with pytest.raises(RefusedError, match=r"has version 0\.2\.0"):
        refuse_other_version("v0.3.0", tmp_path)


@pytest.mark.deep
def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    names = build_distributions(ROOT, tmp_path)
    assert [name.partition("-")[0] for name in names] == ["eigen_contract"] * 2 + ["eigen_generate"] * 2
    refuse_if_not_reproducible(ROOT, tmp_path)
    write_checksums(tmp_path)
    assert len((tmp_path / "SHA256SUMS").read_text(encoding="ascii").splitlines()) == 4
    wheel = tmp_path / names[0]
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    with pytest.raises(RefusedError, match="gives other bytes"):
        refuse_if_not_reproducible(ROOT, tmp_path)
