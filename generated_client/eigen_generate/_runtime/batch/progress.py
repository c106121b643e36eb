"""Shows on stderr how far a batch is: a bar in a terminal, a line now and then elsewhere."""

import contextlib
import sys
import time
from collections.abc import Callable, Generator
from typing import Any

from .optional import import_optional
from .rows import Counts

# In seconds.
_BETWEEN_LINES = 10.0
_BETWEEN_FRAMES = 0.1

Show = Callable[[Counts], None]


@contextlib.contextmanager
def show_progress(title: str) -> Generator[Show]:
    """Yield a function that takes the counts of a run after each row, until the block ends."""
    if sys.stderr is None or not sys.stderr.isatty():  # None in a process without one
        yield _Lines(title)
        return
    rich: Any = import_optional("rich.progress")
    console = import_optional("rich.console").Console(stderr=True)
    columns = (
        rich.TextColumn("{task.description}", markup=False),
        rich.BarColumn(30),
        rich.TextColumn("{task.fields[counts]}", markup=False),
    )
    with rich.Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as bar:
        yield _Bar(bar, title)


class _Pace:
    """The rate of a run, from its first counts on."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._first: int | None = None

    def describe(self, counts: Counts) -> str:
        """Return the counts, the rate and the time that is left, in words."""
        if self._first is None:
            self._first = counts.ended
        seconds = time.monotonic() - self._began
        rate = (counts.ended - self._first) / seconds if seconds > 0 else 0.0
        parts = [f"{counts.ended} of {counts.total}"]
        parts += [
            f"{number} {name}"
            for name, number in (
                ("rejected", counts.rejected),
                ("failed", counts.failed),
                ("unknown", counts.unknown),
            )
            if number
        ]
        if rate > 0:
            parts += [f"{rate:.1f}/s", f"{_in_words((counts.new + counts.sent) / rate)} left"]
        if counts.credits:
            parts.append(f"{counts.credits:g} credits")
        return ", ".join(parts)


def _in_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Lines:
    def __init__(self, title: str) -> None:
        self._title = title
        self._pace = _Pace()
        self._last = time.monotonic()

    def __call__(self, counts: Counts) -> None:
        text = self._pace.describe(counts)
        if time.monotonic() - self._last >= _BETWEEN_LINES:
            self._last = time.monotonic()
            print(f"{self._title}: {text}", file=sys.stderr, flush=True)


class _Bar:
    def __init__(self, bar: Any, title: str) -> None:
        self._bar = bar
        self._pace = _Pace()
        self._task = bar.add_task(title, total=None, counts="")
        self._last = 0.0

    def __call__(self, counts: Counts) -> None:
        if time.monotonic() - self._last >= _BETWEEN_FRAMES or not counts.new + counts.sent:
            self._last = time.monotonic()
            text = self._pace.describe(counts)
            self._bar.update(self._task, completed=counts.ended, total=counts.total, counts=text)
