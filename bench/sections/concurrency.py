"""Ten thousand calls at once: what stays behind."""

from collections.abc import Iterator
from math import inf

from .. import memory
from ..bars import BASELINE, OURS
from ..processes import Failed
from ..processes import measure as measure_in_process
from ..series import Effort, Series

NOTE = (
    "An asyncio server in the same process and loop, over real sockets; a fresh process, one burst to warm"
    " up, then the burst that counts. Memory in use is what was allocated and not freed, as malloc says in a"
    " process of its own, whose Python allocates by nothing else; what stays resident is the allocator's, and"
    " wavers. Files are counted before the client is made and after it is closed."
    " Not in time is two minutes for both bursts: httpcore's pool searches all that waits at every turn, in"
    " quadratic time. Once: there is no spread."
)
_MEASURES = ("time", "memory", "objects", "files")  # what a burst that was not in time is said to have
_TIMEOUT = 120.0
_PATIENCE = 600.0  # without Python's own allocator all takes longer, and is not timed


def measure(effort: Effort) -> Iterator[Series]:
    """Send bursts through raw httpx and our client."""
    if not memory.require(print):
        return
    for subject in (BASELINE, OURS):
        for metric, value in _burst(subject, effort.choose(10_000, 300)).items():
            yield Series(f"concurrent.{metric}", subject, (value,))


def _burst(subject: str, calls: int) -> dict[str, float]:
    arguments = ("bench.burst", subject, str(calls))
    try:
        found = measure_in_process(*arguments, timeout=_TIMEOUT)
        in_use = measure_in_process(*arguments, timeout=_PATIENCE, PYTHONMALLOC="malloc")
    except Failed as reason:
        print(f"{subject}: a burst of {calls} calls: {reason}")
        return dict.fromkeys(_MEASURES, inf)
    return found | {name: value for name, value in in_use.items() if name.startswith("memory")}
