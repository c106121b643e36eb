"""`python -m eigen_reference`: serve the reference server on loopback until it is stopped."""

import os
import signal
import sys
from types import FrameType


def main() -> int:
    """Run the command line. Return its exit status."""
    # The imports take half a second, in which Ctrl-C would print a trace from wherever it struck.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end_at_once)
    from .command_line import main as run

    return run()


def end_at_once(number: int, frame: FrameType | None) -> None:
    """End before anything was begun."""
    del number, frame
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
