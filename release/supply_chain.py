"""What an installation brings along: its bill of materials, its licences, and known vulnerabilities."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .environments import Environment
from .repository import RefusedError

# Words of licences under which anybody may use, change and pass on what is installed.
_PERMISSIVE = re.compile(
    r"\b(MIT|MIT-0|BSD|[0-3]BSD|BSD-[0-3]-Clause|Apache|ISC|PSF|PSF-2\.0|Python-2\.0|Unlicense|MIT-CMU|HPND|"
    r"Zlib|CC0-1\.0|BlueOak-1\.0\.0|Python Software Foundation)\b"
)
_MOZILLA = r"MPL.2\.0"
# What needs an argument: a pattern of the licence that the package names, and why the installation is fine.
_ARGUED = {
    "certifi": (_MOZILLA, "its own files stay under it; programs that install it need not"),
    "hypothesis": (_MOZILLA, "of the judge alone: its own files stay under it"),
    "py-nanotts": ("UNKNOWN", "its metadata name none, and its wheel carries the text of Apache-2.0"),
}
# The wheel says BSD for its own code, and carries x264 in it.
_X264 = "av: its wheel carries x264, which is GPL; whoever passes on a built judge passes that on too"


def write_bill_of_materials(environment: Environment, out: Path) -> None:
    """Write what is installed in an environment as CycloneDX, the same bytes for the same packages."""
    options = ["--output-reproducible", "--validate", "--output-format", "JSON", "--output-file", str(out)]
    _run_tool(["cyclonedx_py", "environment", *options, str(environment.python)], "the bill of materials")


def list_licences(environment: Environment) -> list[dict[str, str]]:
    """Return the `Name`, `Version` and `License` of each package in an environment."""
    options = ["--from=mixed", "--format=json", f"--python={environment.python}"]
    packages: list[dict[str, str]] = json.loads(_run_tool(["piplicenses", *options], "the licences"))
    return packages


def judge_licences(packages: Iterable[Mapping[str, str]]) -> list[str]:
    """Return what must be said of the licences. Raises RefusedError for one that nothing argues for."""
    remarks: list[str] = []
    refused: list[str] = []
    for package in packages:
        name, licence = package["Name"].lower(), package["License"].strip()
        argued_licence, argument = _ARGUED.get(name, ("", ""))
        if argued_licence and re.search(argued_licence, licence):
            remarks.append(f"{name}: {licence}: {argument}")
        elif not _PERMISSIVE.search(licence) or "GPL" in licence:
            refused.append(f"{name} {package['Version']}: {licence[:60] or 'says no licence'}")
        if name == "av":
            remarks.append(_X264)
    if refused:
        raise RefusedError(f"licences that nothing argues for: {'; '.join(refused)}")
    return remarks


def ask_for_vulnerabilities(environment: Environment) -> subprocess.CompletedProcess[str]:
    """Ask the database of known vulnerabilities for all packages of an environment."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site_packages = environment.run([environment.python, "-c", question]).strip()
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", "10", "--path", site_packages]
    command = [sys.executable, "-m", "pip_audit", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def judge_audit(done: subprocess.CompletedProcess[str]) -> str:
    """Return what the database says. Raises RefusedError for a package with a known vulnerability.

    Without the database nothing is known, and the text says so.
    """
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        reason = done.stderr.strip().splitlines()[-1:] or [f"it ended with {done.returncode}"]
        return f"DID NOT RUN, because the database of vulnerabilities cannot be reached ({reason[0][:160]})"
    faults = [
        f"{package['name']} {package['version']}: {', '.join(fault['id'] for fault in package['vulns'])}"
        for package in report["dependencies"]
        if package.get("vulns")
    ]
    if faults:
        raise RefusedError(f"known vulnerabilities: {'; '.join(faults)}")
    if not report["dependencies"]:
        raise RefusedError("the audit of vulnerabilities saw no package at all")
    skipped = [package["name"] for package in report["dependencies"] if "skip_reason" in package]
    judged_count = len(report["dependencies"]) - len(skipped)
    if not judged_count:
        return f"DID NOT RUN, because its database knows none of the {len(skipped)} packages"
    text = f"{judged_count} packages, no known vulnerability"
    return f"{text}; not in the database: {', '.join(skipped)}" if skipped else text


def _run_tool(command: Sequence[str], noun: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"{noun} cannot be made: {done.stderr.strip()[-500:]}")
    return done.stdout
