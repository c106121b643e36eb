"""Import time, each in a fresh process."""

from collections.abc import Iterator
from importlib.util import find_spec

from ..processes import Failed, time_of
from ..series import Effort, Series
from ..subject import load_all

# httpx imports its command line, and with it these, wherever they are installed: 0.28, `httpx/__init__.py`.
_COMMAND_LINE = ("click", "rich")
NOTE = "Fresh processes, byte code compiled, in turn; without the interpreter's own start."


def measure(effort: Effort) -> Iterator[Series]:
    """Time the statements of every subject, in turn, round by round."""
    _require_plain_httpx()
    codes = {(row, one.name): code for one in load_all() for row, code in one.imports.items()}
    for code in codes.values():
        time_of(code)  # compiles what is not compiled yet
    times: dict[tuple[str, str], list[float]] = {key: [] for key in codes}
    for _ in range(effort.choose(15, 3)):
        for key, code in codes.items():
            times[key].append(time_of(code))
    for (row, subject), values in times.items():
        yield Series(row, subject, tuple(values))


def _require_plain_httpx() -> None:
    """Refuse a baseline that is slower than callers' own; raises Failed."""
    found = [name for name in _COMMAND_LINE if find_spec(name)]
    if found:
        raise Failed(
            f"{' and '.join(found)} slow down `import httpx`: use an environment without (./dev -s bench)"
        )
