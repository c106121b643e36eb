"""Redocly judges the same edits; where it disagrees, the table gives the reason. Run by `./dev -s opinions`.

Redocly does not know `x-sdk`, so those edits are left out. Only breaking against not breaking is compared:
Redocly's `patch` is about the description, our `documentation` about the Python client.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.diffing.test_contract_edits import EDITS, LIBRARY, apply_edit, kind_of

EDITS_OUTSIDE_X_SDK = [edit for edit in EDITS if not edit["forward"].startswith("sdk-")]
REDOCLY = "@redocly/cli@2.77.0"


def redocly_says_breaking(folder: Path) -> bool:
    """Whether Redocly asks for a major version for the change from old.yaml to new.yaml."""
    npx = shutil.which("npx")
    assert npx, "this needs Node.js, and there is no npx on the PATH; on Debian: apt install npm"
    command = [npx, "--yes", REDOCLY, "diff", "old.yaml", "new.yaml", "--format", "json"]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert process.stdout.startswith("{"), f"Redocly printed no JSON: {process.stderr[-500:]}"
    report: dict[str, Any] = json.loads(process.stdout)
    return report.get("bump") == "major"


@pytest.mark.parametrize("edit", EDITS_OUTSIDE_X_SDK, ids=kind_of)
def test_redocly_agrees_or_the_table_gives_the_reason(edit: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(apply_edit(edit), encoding="utf-8")
    agrees = redocly_says_breaking(tmp_path) == ("breaking" in edit["forward"])
    if "redocly_reason" in edit:
        assert not agrees, "Redocly agrees now: remove the reason from the table"
    else:
        assert agrees, f"we say `{edit['forward']}`; add a `redocly_reason` to the table, or correct the rule"
