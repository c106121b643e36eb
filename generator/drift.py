"""Compares two trees byte by byte: what is committed, and what would be built now."""

import difflib
from pathlib import Path

_LEFT_BY_USE = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", "build", "dist"}


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` by its relative path; caches that using a package leaves are no part of it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _left_by_use(path.relative_to(root))
    }


def _left_by_use(path: Path) -> bool:
    return any(part in _LEFT_BY_USE or part.endswith(".egg-info") for part in path.parts)


def differences(old: Path, new: Path) -> list[str]:
    """One line for each file that differs, with the first lines that do."""
    before, after = tree(old), tree(new)
    found: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            found.append(f"{name}: is there, and would not be built")
        elif name not in before:
            found.append(f"{name}: would be built, and is not there")
        elif before[name] != after[name]:
            found.append(f"{name}: differs\n{_first_lines(before[name], after[name])}")
    return found


def _first_lines(old: bytes, new: bytes) -> str:
    lines = difflib.unified_diff(
        old.decode("utf-8", "replace").splitlines(),
        new.decode("utf-8", "replace").splitlines(),
        "committed",
        "built",
        lineterm="",
        n=0,
    )
    return "\n".join(f"    {line}" for _, line in zip(range(8), lines, strict=False))
