"""How much of each SDK's public surface has a type that is known."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..bars import BASELINE
from ..processes import Failed, run
from ..series import Effort, Series
from ..subject import load_all

NOTE = "`basedpyright --verifytypes PACKAGE --ignoreexternal` on the installed packages, once."


def measure(_: Effort) -> Iterator[Series]:
    """Ask the type checker for every subject but the baseline; a package without py.typed scores nothing."""
    for one in load_all():
        if one.name == BASELINE:
            continue
        try:
            yield Series("types.completeness", one.name, (_percentage(one.package),))
        except Failed as reason:
            print(f"{one.name}: types cannot be judged: {reason}")


def _percentage(package: str) -> float:
    # In an empty folder, so that the installed copy is judged and not the sources beside it.
    with tempfile.TemporaryDirectory() as folder:
        report: Any = json.loads(run("-c", _PROGRAM, package, cwd=Path(folder)))
    if report["generalDiagnostics"]:
        raise Failed(str(report["generalDiagnostics"][0]["message"]))
    return float(report["typeCompleteness"]["completenessScore"]) * 100


# It exits with 1 whenever the score is below 1, which is no failure to measure.
_PROGRAM = """
import subprocess, sys
options = ["--verifytypes", sys.argv[1], "--ignoreexternal", "--outputjson"]
command = [sys.executable, "-m", "basedpyright", *options]
print(subprocess.run(command, capture_output=True, text=True).stdout)
"""
