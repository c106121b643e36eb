"""Writes a report into a folder. All files go through one door, `ReportFolder`: it strikes the key out."""

import json
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.redaction import Redaction
from eigen_contract.report.bodies import FOLDER, BodyFiles
from eigen_contract.report.document import as_json
from eigen_contract.report.junit import as_junit
from eigen_contract.report.page import as_page
from eigen_contract.report.result import Result
from eigen_contract.report.sarif import as_sarif
from eigen_contract.report.text import as_text

OLD_BODIES = ("[0-9][0-9][0-9]-re*", "[0-9a-f]" * 16 + ".*")
"""Names of the bodies of an earlier report, in the form of this version and of the one before."""


@frozen
class ReportFolder:
    """The folder of a report. No file in it holds the key, even if a server sent the key back."""

    folder: Path
    redaction: Redaction

    def write_text(self, name: str, text: str) -> None:
        shown = self.redaction.text(text)
        (self.folder / name).write_text(shown, "utf-8", errors="backslashreplace", newline="\n")

    def write_bytes(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(self.redaction.data(data))


def prepare(folder: Path) -> None:
    """Make the folder, and see that it can be written to, before anything is sent.

    Raises:
        CannotJudgeError: it cannot.
    """
    probe = folder / "report.json"
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        probe.touch()
        for pattern in OLD_BODIES:
            for old in (folder / FOLDER).glob(pattern):
                old.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error


def write(folder: Path, result: Result, key: str) -> None:
    """Write all reports and the bodies that they name into a folder that was prepared.

    Args:
        key: the key that the run used; it is written nowhere.

    Raises:
        CannotJudgeError: the folder cannot be written to.
    """
    door, files = ReportFolder(folder, Redaction(key)), BodyFiles()
    try:
        for name, text in texts(result, files):
            door.write_text(name, text)
        for name, body in files.contents.items():
            door.write_bytes(name, body)
    except OSError as error:
        raise unwritable(folder, error) from error


def texts(result: Result, files: BodyFiles) -> Iterator[tuple[str, str]]:
    """Yield each file of a report, made one after the other: they can be large."""
    yield "report.json", json.dumps(as_json(result, files), indent=1) + "\n"
    yield "report.txt", as_text(result, is_whole=True) + "\n"
    yield "junit.xml", as_junit(result, files)
    yield "report.sarif", json.dumps(as_sarif(result), indent=1) + "\n"
    yield "report.html", as_page(result, files)


def without(text: str, key: str) -> str:
    """Return a text without the key, however a server has written it."""
    return Redaction(key).text(text)


def unwritable(folder: Path, error: OSError) -> CannotJudgeError:
    return CannotJudgeError(f"cannot write the report into {folder}: {error.strerror}; name another --report")
