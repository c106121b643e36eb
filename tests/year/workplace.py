"""A copy of the project in a git repository of its own, where the commands of a year are typed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
# Sessions run in the environment of the year, as they stand in noxfile.py, and install nothing.
DEV = '#!/bin/sh\nexec python -m nox --no-venv --no-install "$@"\n'
# A step's slowest command takes some ten seconds alone, and several times that on a busy machine.
COMMAND_SECONDS = 300.0


@attrs.frozen
class Edit:
    """One change of a file: the text that is replaced, which stands there once, and what replaces it.

    With `everywhere` the text may stand there several times.
    """

    file: str
    old: str
    new: str
    everywhere: bool = False

    def apply(self, folder: Path) -> None:
        """Change the file. Raises AssertionError if the text is not there as often as it should be."""
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        count = text.count(self.old)
        assert count == 1 or (count and self.everywhere), f"{self.file} has this {count} times: {self.old}"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@attrs.frozen
class Finished:
    """What a script has done: its exit status, and what it printed."""

    script: str
    status: int
    output: str


@attrs.frozen
class Workplace:
    """The copy in `folder`."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Workplace":
        """Copy every file that git tracks or would track, and commit it."""
        listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        for name in names:
            # A file that was removed and not committed is still listed.
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        (folder / "dev").write_text(DEV, encoding="utf-8")
        workplace = cls(folder)
        workplace.must_run(
            "git init --quiet --initial-branch=main", "git add --all", "git commit --quiet -m Begin"
        )
        return workplace

    def run(self, script: str) -> Finished:
        """Run a script of the shell, which ends at the first command that fails."""
        finished = subprocess.run(
            ["sh", "-e"],
            input=script,
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=COMMAND_SECONDS,
            check=False,
        )
        return Finished(script, finished.returncode, finished.stdout)

    def must_run(self, *commands: str) -> str:
        """Run commands and return what they print. Raises AssertionError if one fails."""
        finished = self.run("\n".join(commands))
        assert finished.status == 0, f"{finished.script}\n{finished.output}"
        return finished.output

    def edit(self, edits: Sequence[Edit]) -> None:
        """Make edits in their order."""
        for edit in edits:
            edit.apply(self.folder)

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")

    def _environment(self) -> dict[str, str]:
        """Return the variables of a maintainer's shell: the packages of the copy, and no key, come first."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "EIGENAI_", "GIT_", "NOX"))
        }
        packages = [str(self.folder / name) for name in ("generated_client", "contract_tests")]
        return {
            **kept,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join(packages),
            "XDG_CACHE_HOME": str(self.folder / "build" / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_NAME": "Nobody" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "nobody@example.com" for who in ("AUTHOR", "COMMITTER")},
        }
