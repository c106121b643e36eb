"""A copy of the project, in which a change of the contract is made and judged by the project's commands."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from tests.contract_changes.changes import ContractChange

ROOT = Path(__file__).parents[2]


@attrs.frozen
class ProjectCopy:
    """The files of the project that git knows, in a folder of their own."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "ProjectCopy":
        """Copy every file that git tracks, or would track."""
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for name in filter(None, listed.split("\0")):
            # A file that was removed and not committed is still listed.
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        return cls(folder)

    @property
    def contract(self) -> Path:
        return self.folder / "openapi.yaml"

    def edit(self, change: ContractChange) -> None:
        """Make a change of the contract, and of what the vendor's page says if that changed."""
        page = self.folder / "tests" / "page.toml"
        for path, edit in ((self.contract, change.apply), (page, change.transcribe)):
            path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")

    def generate(self) -> None:
        """Run the commands of the session `generate`."""
        for command in commands_of("generate"):
            self.run(*command)

    def run(self, *command: str) -> str:
        """Run a command in the copy, and return what it wrote.

        Raises:
            AssertionError: it failed. The message ends with what the command wrote.
        """
        words = [sys.executable, *command[1:]] if command[0] == "python" else [*command]
        done = subprocess.run(
            words, cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """Return the variables of this process, with the packages of the copy in front of all others."""
        packages = [str(self.folder / name) for name in ("generated_client", "contract_tests")]
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "EIGENAI_"))
        }
        # The copy is written to while it is judged: byte code of a moment ago must not be taken for new.
        return {**own, "PYTHONPATH": os.pathsep.join(packages), "PYTHONDONTWRITEBYTECODE": "1"}


def commands_of(session: str) -> Iterator[tuple[str, ...]]:
    """Yield the commands that a session of `noxfile.py` runs, so that they are written down once."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    (function,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == session]
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run":
            yield tuple(str(ast.literal_eval(argument)) for argument in node.args)
