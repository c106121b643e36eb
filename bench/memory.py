"""How much memory a process holds, and held at most; from /proc, so on Linux alone."""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

_PROC = Path("/proc/self")


def resident() -> float:
    """Give the megabytes (10^6) that are resident now."""
    return _status("VmRSS")


class _Mallinfo(ctypes.Structure):
    """What glibc says of its own; see mallinfo2(3)."""

    _fields_: ClassVar = [(f"_{number}", ctypes.c_size_t) for number in range(4)] + [
        ("mapped", ctypes.c_size_t),
        ("_5", ctypes.c_size_t),
        ("_6", ctypes.c_size_t),
        ("taken", ctypes.c_size_t),
        ("_8", ctypes.c_size_t),
        ("_9", ctypes.c_size_t),
    ]


def in_use() -> float:
    """Give the megabytes that are allocated and not freed, in a process with PYTHONMALLOC=malloc.

    Resident memory is no measure of what stays: an allocator keeps what was freed, in arenas that a single
    object holds. Raises AttributeError without glibc 2.33.
    """
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = _Mallinfo
    found = mallinfo2()
    return float(found.taken + found.mapped) / 1e6


def mark() -> float:
    """Begin to watch for a peak; gives the megabytes that are resident now."""
    (_PROC / "clear_refs").write_text("5")  # proc(5): resets the high-water mark to what is resident now
    return resident()


def growth_since(begin: float) -> float:
    """Give by how many megabytes the peak since `mark` exceeds what was resident then."""
    return max(0.0, _status("VmHWM") - begin)


def open_files() -> int:
    """Count the open file descriptors."""
    return len(list((_PROC / "fd").iterdir()))


def require(say: Callable[[str], object]) -> bool:
    """Tell whether memory can be measured here; if not, `say` why."""
    if (_PROC / "clear_refs").exists():
        return True
    say("memory cannot be measured here: there is no /proc/self/clear_refs (it takes Linux)")
    return False


def _status(name: str) -> float:
    for line in (_PROC / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError(f"/proc/self/status has no {name}")
