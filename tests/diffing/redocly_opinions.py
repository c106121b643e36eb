"""Redocly judges the same edits; where it differs, the table says why. Run by `./dev -s opinions`.

It knows no `x-sdk`, so those rows are not put to it. That an edit is additive or words alone is not compared:
Redocly's `patch` is about the description, ours about the Python client.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.diffing.test_pairs import LIBRARY, PAIRS, after

JUDGED = [pair for pair in PAIRS if not pair["there"].startswith("sdk-")]
REDOCLY = "@redocly/cli@2.77.0"


def judged_breaking(folder: Path) -> bool:
    """Whether Redocly takes the change from old.yaml to new.yaml for a major one."""
    npx = shutil.which("npx")
    assert npx, "this needs Node.js, and there is no npx on the PATH; on Debian: apt install npm"
    command = [npx, "--yes", REDOCLY, "diff", "old.yaml", "new.yaml", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("{"), f"Redocly says nothing that can be read: {done.stderr[-500:]}"
    said: dict[str, Any] = json.loads(done.stdout)
    return said.get("bump") == "major"


@pytest.mark.parametrize("pair", JUDGED, ids=lambda pair: pair["there"].partition(" ")[0])
def test_redocly_agrees_or_the_table_says_why_not(pair: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(after(pair), encoding="utf-8")
    agrees = judged_breaking(tmp_path) == ("breaking" in pair["there"])
    if "redocly" in pair:
        assert not agrees, "Redocly agrees now: take the reason out of the table"
    else:
        assert agrees, f"ours is `{pair['there']}`; say in the table, as `redocly`, why that is right"
