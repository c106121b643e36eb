"""Shows how far a command is: on stderr, and only in a terminal."""

import contextlib
import sys
from collections.abc import Generator
from typing import Any, Protocol

# In bytes. A smaller body is sent before anyone could read the bar.
_SHOWN_FROM = 256 * 1024


class Progress(Protocol):
    """What the steps of a command report."""

    def waiting(self, title: str) -> contextlib.AbstractContextManager[object]:
        """Show within a block that an answer is awaited."""
        ...

    def show_upload(self, sent: int, total: int | None) -> None:
        """Show how many bytes of the request are sent."""
        ...

    def show_received(self, received: int, total: int | None) -> None:
        """Show how many bytes of a stream have come."""
        ...

    def show_state(self, state: object) -> None:
        """Show the state of a job."""
        ...

    def say(self, line: str) -> None:
        """Write a line to stderr."""
        ...

    def stop(self) -> None:
        """Show nothing from now on."""
        ...


class SilentProgress:
    """Writes lines, and shows no progress: stderr is a file or a pipe."""

    def waiting(self, title: str) -> contextlib.AbstractContextManager[object]:
        """Show nothing."""
        del title
        return contextlib.nullcontext()

    def show_upload(self, sent: int, total: int | None) -> None:
        """Show nothing."""

    def show_received(self, received: int, total: int | None) -> None:
        """Show nothing."""

    def show_state(self, state: object) -> None:
        """Show nothing."""

    def say(self, line: str) -> None:
        """Write a line to stderr."""
        print(line, file=sys.stderr)

    def stop(self) -> None:
        """Do nothing."""


class TerminalProgress:
    """A line of rich that changes: what is awaited, how far it is, and for how long."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)
        self._title = ""

    @contextlib.contextmanager
    def waiting(self, title: str) -> Generator[None]:
        """Show within a block that an answer is awaited."""
        self._title = title
        self._bar.update(self._task, description=title)
        self._bar.start()
        yield

    def show_upload(self, sent: int, total: int | None) -> None:
        """Show how many bytes of the request are sent."""
        if total is None or total < _SHOWN_FROM:
            return
        if sent < total:
            self._bar.update(self._task, description=f"{self._title}: sending", completed=sent, total=total)
        else:
            self._bar.update(self._task, description=f"{self._title}: waiting", completed=0, total=None)

    def show_received(self, received: int, total: int | None) -> None:
        """Show how many bytes of a stream have come."""
        size = f"{received / 1000:.0f} kB"
        self._bar.update(self._task, description=f"{self._title}: received {size}", total=total)

    def show_state(self, state: object) -> None:
        """Show the state of a job."""
        self._bar.update(self._task, description=f"{self._title}: {state}")

    def say(self, line: str) -> None:
        """Write a line to stderr, above the one that changes."""
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def stop(self) -> None:
        """Take the line away."""
        self._bar.stop()


@contextlib.contextmanager
def show_progress() -> Generator[Progress]:
    """Yield what shows progress, and take it away after the block."""
    if not sys.stderr.isatty():
        yield SilentProgress()
        return
    # Only in a terminal, because these take a while to import.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(20),
        TimeElapsedColumn(),
    )
    # Rich would send what is printed to stdout to stderr as well.
    bar = Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress = TerminalProgress(bar)
    try:
        yield progress
    finally:
        progress.stop()
