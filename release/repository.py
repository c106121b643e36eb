"""What git knows: whether the tree is clean, which tag is the last, and the tree as it was."""

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from attrs import frozen


class RefusedError(Exception):
    """There can be no release; the message says why and what to do."""


@frozen
class Repository:
    """A git repository with its work tree at `root`."""

    root: Path

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["git", "-C", str(self.root), *arguments], capture_output=True, check=False)

    def refuse_if_dirty(self) -> None:
        """Raise RefusedError if something is not committed: it would be released, and be in no commit."""
        done = self._git("status", "--porcelain")
        if done.returncode:
            raise RefusedError(f"{self.root} is no git repository")
        if changed := done.stdout.decode().splitlines():
            raise RefusedError(
                f"{len(changed)} files are not committed, {changed[0][3:]} first; commit or remove them"
            )

    def last_tag(self) -> str | None:
        """The last tag of a version, or None if there is none yet."""
        done = self._git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
        return None if done.returncode else done.stdout.decode().strip()

    def differs(self, revision: str, *paths: str) -> bool:
        """Whether the paths differ between a revision and what is committed."""
        return self._git("diff", "--quiet", revision, "HEAD", "--", *paths).returncode == 1

    def export(self, revision: str, folder: Path) -> None:
        """Write the tree of a revision into `folder`. Raises RefusedError if there is no such revision."""
        # A zip, because `tarfile` extracts safely only since Python 3.11.4 (its `filter`). `zipfile` always
        # stays in the folder: https://docs.python.org/3/library/zipfile.html#zipfile.ZipFile.extract
        done = self._git("archive", "--format=zip", revision)
        if done.returncode:
            raise RefusedError(
                f"`{revision}` is no commit of this repository; name another: -- --against REV"
            )
        with ZipFile(BytesIO(done.stdout)) as archive:
            archive.extractall(folder)
