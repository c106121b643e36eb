"""Makes a baseline from a report: every finding of it is accepted, until it is gone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eigen_contract.errors import CannotJudgeError

HEAD = """# Accepted findings: one that is gone fails a whole run. Say of each why it is tolerated.
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
        raise CannotJudgeError(f"{path} is no report of this program; name the folder of --report") from error
    return "\n".join([HEAD, *entries]), len(entries)


def entries_of(document: dict[str, Any], reason: str) -> Iterator[str]:
    """Yield an entry for each group of findings that fails the run."""
    since = datetime.now(UTC).date().isoformat()
    for finding in document["findings"]:
        if finding["fails"]:
            members = {
                "target": document["target"],
                "check": finding["check"],
                "pointer": finding["pointer"],
                "reason": reason,
            }
            # A text of JSON is one of TOML as well, but for DEL (TOML 1.0, basic strings).
            texts = [f"{name} = {json.dumps(str(value))}" for name, value in members.items()]
            yield "\n".join(["[[deviation]]", *texts, f"since = {since}", ""])
