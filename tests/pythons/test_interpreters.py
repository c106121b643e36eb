"""Which interpreters of a machine are found."""

import sys
import venv
from pathlib import Path

import pytest

from pythons.interpreters import Interpreter, find_interpreters, search_folders


def put_program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_finds_the_python_under_a_virtual_environment() -> None:
    base = Path(sys.base_prefix, "bin")
    versions = [interpreter.version for interpreter in find_interpreters([base])]
    assert sys.version_info[:3] in versions


def test_leaves_out_a_virtual_environment(tmp_path: Path) -> None:
    venv.create(tmp_path, symlinks=True)
    assert (tmp_path / "bin" / "python3").exists()
    assert find_interpreters([tmp_path / "bin"]) == []


@pytest.mark.parametrize(
    "script",
    [
        "echo 'pyenv: python3.12: command not found' >&2; exit 127",
        "exit 0",
        "echo 3 10 1 /old/python",
        "echo no version",
    ],
)
def test_leaves_out_what_is_no_supported_interpreter(tmp_path: Path, script: str) -> None:
    put_program(tmp_path / "python3.12", script)
    assert find_interpreters([tmp_path]) == []


def test_names_one_path_for_each_version_in_order(tmp_path: Path) -> None:
    put_program(tmp_path / "first" / "python3.12", "echo 3 12 10 /first/python3.12")
    put_program(tmp_path / "second" / "python3.12", "echo 3 12 10 /second/python3.12")
    put_program(tmp_path / "third" / "python3.12", "echo 3 12 9 /third/python3.12")
    interpreters = find_interpreters([tmp_path / name for name in ("first", "second", "third", "none")])
    assert interpreters == [
        Interpreter((3, 12, 9), Path("/third/python3.12")),
        Interpreter((3, 12, 10), Path("/first/python3.12")),
    ]


def test_looks_where_pyenv_and_uv_keep_inactive_versions(tmp_path: Path) -> None:
    pyenv = tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin"
    uv = tmp_path / ".local" / "share" / "uv" / "python" / "cpython-3.13.0" / "bin"
    for folder in (pyenv, uv):
        folder.mkdir(parents=True)
    environment = {"PATH": "/usr/bin::/bin", "HOME": str(tmp_path)}
    assert list(search_folders(environment)) == [Path("/usr/bin"), Path("/bin"), pyenv, uv]
