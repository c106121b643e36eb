"""The smoke test: a copy of the process and a fresh interpreter judge a client alike."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.rendering import smoke

ROOT = Path(__file__).parents[2]
_ASK = """
import sys, threading
from pathlib import Path
from generator.rendering import smoke
said = threading.Event()
if sys.argv[1] == "fresh":
    threading.Thread(target=said.wait, daemon=True).start()
assert smoke.is_safe_to_fork() == (sys.argv[1] == "copy")
print(smoke.complaint(Path(sys.argv[2]), "made", "Made", ["things"]))
"""
_CLIENT = """
class Made:
    def __init__(self, api_key, base_url):
        self.things = 1
class AsyncMade(Made):
    pass
__all__ = ["Made", "AsyncMade"]
"""
_FAULTS = {
    "sound": ("", ""),
    "module": ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
    "warning": ("import warnings; warnings.warn('old', DeprecationWarning)", "DeprecationWarning: old"),
    "factory": ("import generator", "No module named 'generator'"),
    "exit": ("raise SystemExit(0)", "SystemExit"),
}


@pytest.mark.parametrize("fault", _FAULTS)
@pytest.mark.parametrize(
    "way", [pytest.param("copy", marks=pytest.mark.skipif(sys.platform != "linux", reason="fork")), "fresh"]
)
def test_says_what_does_not_import(way: str, fault: str, tmp_path: Path) -> None:
    line, complaint = _FAULTS[fault]
    said = ask(way, tmp_path, inner=line)
    assert complaint in said
    assert bool(said.strip()) == bool(complaint)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("__all__ = ['Made', 'nothing']", "has no attribute 'nothing'"),
        ("Made.things = property(lambda self: 1 / 0)", "can't set|has no setter"),
        ("import os; os._exit(0 if os.getenv('HOME') is None else 3)", "ended with status 768"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="fork")
def test_makes_both_clients_and_takes_what_is_exported(line: str, complaint: str, tmp_path: Path) -> None:
    said = ask("copy", tmp_path, client=line)
    assert any(each in said for each in complaint.split("|"))


def ask(way: str, folder: Path, *, inner: str = "", client: str = "") -> str:
    """What the smoke test says of a client with these lines in a module inside, and at its end."""
    package = folder / "made" / "made"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"{_CLIENT}{client}\n", encoding="utf-8")
    (package / "inner.py").write_text(f"{inner}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _ASK, way, str(package.parent)],
        env={**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_thread_makes_a_copy_unsafe() -> None:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert not smoke.is_safe_to_fork()
    finally:
        end.set()
        other.join()
