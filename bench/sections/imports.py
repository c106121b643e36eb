"""Import time, each in a fresh process."""

from collections.abc import Iterator

from ..processes import time_of
from ..series import Effort, Series
from ..subject import load_all

NOTE = "Fresh processes, byte code compiled, in turn; without the interpreter's own start."


def measure(effort: Effort) -> Iterator[Series]:
    """Time the statements of every subject, in turn, round by round."""
    codes = {(row, one.name): code for one in load_all() for row, code in one.imports.items()}
    for code in codes.values():
        time_of(code)  # compiles what is not compiled yet
    times: dict[tuple[str, str], list[float]] = {key: [] for key in codes}
    for _ in range(effort.choose(15, 3)):
        for key, code in codes.items():
            times[key].append(time_of(code))
    for (row, subject), values in times.items():
        yield Series(row, subject, tuple(values))
