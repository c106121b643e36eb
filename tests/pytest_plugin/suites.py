"""Suites of a user of the plugin: folders with tests of programs, run by a pytest of their own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PLUGIN = "eigen_contract.pytest_plugin"


class Outcome(NamedTuple):
    """How a run of pytest ended."""

    status: int
    output: str

    def counts(self) -> str:
        """Return the last line without its decoration and its time, such as `1 failed, 2 passed`."""
        return self.output.strip().splitlines()[-1].strip("= ").partition(" in ")[0]


class Suite:
    """A folder with tests."""

    def __init__(self, folder: Path, **modules: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        # pytest looks for the root of a suite in the folders above it.
        self.write("pytest.ini", "[pytest]\nfilterwarnings = error\n")
        for name, source in modules.items():
            self.write(f"{name}.py", source)

    def write(self, name: str, text: str) -> None:
        """Write a file of the suite."""
        (self.folder / name).write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

    def run(self, *arguments: str, **variables: str) -> Outcome:
        """Run the tests in a process of their own, which has no key but that of `variables`."""
        # The packages of this checkout, whatever the environment has installed.
        paths = [str(ROOT / name) for name in ("generated_client", "contract_tests")]
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("EIGENAI_", "PYTEST_"))
        }
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                PLUGIN,
                "-p",
                "xdist",
                "-p",
                "no:cacheprovider",
                *arguments,
            ],
            cwd=self.folder,
            # The other plugins of this environment take longer to load than most suites take.
            env={
                **inherited,
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                **variables,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout)
