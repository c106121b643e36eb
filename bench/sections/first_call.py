"""From nothing to the first answer, in a fresh process."""

from collections.abc import Iterator

from ..processes import loopback_server, time_of
from ..series import Effort, Series
from ..subject import load_all

NOTE = (
    "Import, construct (each makes its TLS context), one JSON call to a server on loopback, close."
    " fal-client's hosts are fixed."
)


def measure(effort: Effort) -> Iterator[Series]:
    """Time the whole of it, in turn, round by round."""
    subjects = [one for one in load_all() if one.first_call]
    times: dict[str, list[float]] = {one.name: [] for one in subjects}
    with loopback_server() as url:
        for one in subjects:
            time_of(one.first_call, url)
        for _ in range(effort.choose(21, 3)):
            for one in subjects:
                times[one.name].append(time_of(one.first_call, url))
    for subject, values in times.items():
        yield Series("first.call", subject, tuple(values))
