"""First ring: what is built from small specs that are not this project's, byte by byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator.projects import GOLDEN, NAMES, Projects, golden_files


@pytest.mark.parametrize("name", NAMES)
def test_builds_the_golden_tree(built: Projects, name: str) -> None:
    wanted, found = golden_files(GOLDEN / name), golden_files(built.build(name))
    assert sorted(found) == sorted(wanted), "python -m tests.generator.update_golden"
    for path, content in found.items():
        assert content.decode() == wanted[path].decode(), f"{path}: python -m tests.generator.update_golden"


def test_every_built_client_is_mypy_strict_clean(built: Projects, tmp_path: Path) -> None:
    packages = [built.build(name) for name in NAMES]
    roots = [path for project in packages for path in project.iterdir() if path.is_dir()]
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", f"--cache-dir={tmp_path}"]
    done = subprocess.run(
        [*command, "--config-file=", *map(str, roots)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": os.pathsep.join(map(str, packages))},
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
