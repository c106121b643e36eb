"""Compares two folders byte by byte: the client that is committed, and the one that would be built now.

`python -m generator check` and `./dev -s drift` report what differs.
"""

import difflib
from pathlib import Path

# Files that Python and tools create in the folder of a package.
_LEFT_BY_USE = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", "build", "dist"}
# Enough to see what kind of change it is; git has the rest.
_MAX_LINES = 8


def tree(root: Path) -> dict[str, bytes]:
    """Return the content of every file below `root` by its relative path, without caches."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _is_left_by_use(path.relative_to(root))
    }


def _is_left_by_use(path: Path) -> bool:
    return any(part in _LEFT_BY_USE or part.endswith(".egg-info") for part in path.parts)


def differences(old: Path, new: Path) -> list[str]:
    """Return a text for each file that differs: its path, how it differs, and the first lines that do."""
    old_files, new_files = tree(old), tree(new)
    texts: list[str] = []
    for name in sorted(old_files.keys() | new_files.keys()):
        if name not in new_files:
            texts.append(f"{name}: is there, and would not be built")
        elif name not in old_files:
            texts.append(f"{name}: would be built, and is not there")
        elif old_files[name] != new_files[name]:
            texts.append(f"{name}: differs\n{_first_lines(old_files[name], new_files[name])}")
    return texts


def _first_lines(old: bytes, new: bytes) -> str:
    lines = difflib.unified_diff(
        old.decode("utf-8", "replace").splitlines(),
        new.decode("utf-8", "replace").splitlines(),
        "committed",
        "built",
        lineterm="",
        n=0,
    )
    return "\n".join(f"    {line}" for _, line in zip(range(_MAX_LINES), lines, strict=False))
