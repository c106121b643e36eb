"""Each row of the table of programs and libraries names a test that exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADING = "## Programs and libraries it was run with"


def test_each_row_names_a_test_that_exists() -> None:
    section = (
        (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8").split(HEADING)[1].split("\n## ")[0]
    )
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    assert rows
    for row in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert tests, f"names no test: {row}"
        for path, name in tests:
            module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}, row
