"""A lock on a folder that the system keeps, and that ends with the process, however it ends.

POSIX locks the folder itself (flock). Windows locks only bytes of files, so there a file in the folder stands
for it.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_LOCK_FILE = ".lock"


@contextmanager
def locked(folder: Path, *, waits: bool) -> Generator[None]:
    """Hold the lock of a folder within a block.

    Args:
        folder: which must exist.
        waits: whether to wait for another process that has the lock.

    Raises:
        BlockingIOError: another process has it, and `waits` is false.
        OSError: the folder cannot be opened.
    """
    descriptor = _open(folder)
    try:
        _acquire(descriptor, waits=waits)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        return os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT)

    def _acquire(descriptor: int, *, waits: bool) -> None:
        while True:
            try:
                # LK_LOCK tries ten times, once a second, and then fails as well.
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
                return
            except OSError as error:
                if not waits:
                    raise BlockingIOError(error.errno, error.strerror) from error

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _acquire(descriptor: int, *, waits: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
