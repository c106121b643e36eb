"""Makes a baseline from a report: each finding of it is accepted by an entry of its own, until it is gone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eigen_contract.errors import CannotJudgeError
from eigen_contract.identity import message_shape
from eigen_contract.shapes import items

HEAD = """# Accepted findings, one entry each. One that is gone fails a whole run. Say why each is accepted.
"""


def baseline_of(report: Path, reason: str) -> tuple[str, int]:
    """Return a baseline in the form of `deviations.toml`, and how many findings it accepts.

    Args:
        report: the folder of a report, or its report.json.

    Raises:
        CannotJudgeError: there is no report, or it does not read.
    """
    path = report / "report.json" if report.is_dir() else report
    try:
        document = json.loads(path.read_text("utf-8"))
        entries = [*entries_of(document, reason)]
    except OSError as error:
        raise CannotJudgeError(
            f"cannot read the report {path}: {error.strerror}; run with --report"
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise CannotJudgeError(
            f"{path} is not a report of this version of the program; make a new one with --report"
        ) from error
    return "\n".join([HEAD, *entries]), len(entries)


def entries_of(document: dict[str, Any], reason: str) -> Iterator[str]:
    """Yield an entry for each different finding that fails the run."""
    since = datetime.now(UTC).date().isoformat()
    target = str(document["target"]).partition(":")[0]
    known: set[tuple[str, str, str, str]] = set()
    for group in document["findings"]:
        for occurrence in items(group["occurrences"]) if group["fails"] else ():
            check, pointer = str(group["check"]), str(group["pointer"])
            message, request = str(occurrence["message"]), str(occurrence["request_digest"])
            identity = (check, pointer, request, message_shape(message))
            if identity in known:
                continue
            known.add(identity)
            texts = {"target": target, "check": check, "pointer": pointer, "message": message}
            yield entry({**texts, "request": request, "reason": reason}, since)


def entry(texts: dict[str, str], since: str) -> str:
    """Write one entry."""
    # A text of JSON is one of TOML as well, except for DEL (TOML 1.0, basic strings).
    lines = [
        f"{name} = {json.dumps(text)}".replace("\x7f", "\\u007f") for name, text in texts.items() if text
    ]
    return "\n".join(["[[deviation]]", *lines, f"since = {since}", ""])
