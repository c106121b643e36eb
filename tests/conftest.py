"""What all tests of our own workings share."""

import signal
import threading


def pytest_configure() -> None:
    """Take SIGINT as a terminal sends it.

    A shell that starts a command in the background lets it ignore SIGINT, and so would every process that the
    tests start and interrupt.
    """
    is_ignored = signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    if is_ignored and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
