"""What one call costs over a socket: the client between its caller and a server on the same machine."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from ..processes import loopback_server
from ..series import Effort, Series
from ..subject import Call, load_all
from .calls import make_photo

NOTE = (
    "One process, and a server in another; each client keeps its connection. Each round is a block of calls,"
    " in turn. The time is that of the clock, so the server's work and the socket are a part of it."
)


def measure(effort: Effort) -> Iterator[Series]:
    """Time blocks of calls over loopback, in turn, round by round."""
    rounds, calls = effort.choose(30, 5), effort.choose(50, 20)
    with tempfile.TemporaryDirectory() as folder, loopback_server() as url:
        photo = make_photo(Path(folder))
        work = {
            (f"loopback.{kind}", subject.name): call
            for subject in load_all()
            for kind, call in subject.loopback_calls(photo, url).items()
        }
        times: dict[tuple[str, str], list[float]] = {key: [] for key in work}
        for call in work.values():
            _time_block(call, calls)  # warms up, and connects
        for _ in range(rounds):
            for key, call in work.items():
                times[key].append(_time_block(call, calls))
    for (row, subject_name), values in times.items():
        yield Series(row, subject_name, tuple(values))


def _time_block(call: Call, calls: int) -> float:
    begin = perf_counter()
    for _ in range(calls):
        call()
    return (perf_counter() - begin) / calls
