"""How much memory a process holds, and held at most; from /proc, so on Linux alone."""

from collections.abc import Callable
from pathlib import Path

_PROC = Path("/proc/self")


def resident() -> float:
    """Give the megabytes (10^6) that are resident now."""
    return _status("VmRSS")


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
