"""Puts a report into a folder."""

import json
from pathlib import Path

from eigen_contract.errors import CannotJudgeError
from eigen_contract.redaction import Redaction
from eigen_contract.report.bodies import FOLDER, Bodies
from eigen_contract.report.document import as_json
from eigen_contract.report.junit import as_junit
from eigen_contract.report.page import as_page
from eigen_contract.report.result import Group, Result
from eigen_contract.report.text import as_text


def prepare(folder: Path) -> None:
    """Make the folder, and see that it can be written to, before anything is sent.

    Raises:
        CannotJudgeError: it cannot.
    """
    probe = folder / "report.json"
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        probe.touch()
        for old in (folder / FOLDER).glob("[0-9][0-9][0-9]-re*"):
            old.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error


def write(folder: Path, result: Result, key: str) -> None:
    """Write all reports and the bodies that they name into a folder that was prepared.

    Args:
        key: the key that the run used; it is written nowhere, even if a server sent it back.

    Raises:
        CannotJudgeError: the folder cannot be written to.
    """
    texts = {
        "report.json": json.dumps(as_json(result), indent=1) + "\n",
        "report.txt": as_text(result) + "\n",
        "junit.xml": as_junit(result),
        "report.html": as_page(result),
    }
    try:
        for name, text in texts.items():
            (folder / name).write_text(without(text, key), "utf-8", errors="backslashreplace", newline="\n")
        for group in result.groups:
            write_bodies(folder, group, key)
    except OSError as error:
        raise unwritable(folder, error) from error


def write_bodies(folder: Path, group: Group, key: str) -> None:
    bodies, exchange = Bodies.of(group), group.exchange
    if exchange is not None:
        for name, body in (
            (bodies.request, exchange.request.body),
            (bodies.response, exchange.response.body),
        ):
            if name:
                (folder / name).write_bytes(Redaction(key).data(body))


def without(text: str, key: str) -> str:
    """Return a text without the key, however a server has written it."""
    return Redaction(key).text(text)


def unwritable(folder: Path, error: OSError) -> CannotJudgeError:
    return CannotJudgeError(f"cannot write the report into {folder}: {error.strerror}; name another --report")
