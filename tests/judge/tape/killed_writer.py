"""A process that writes a tape and is killed at one of its file operations, or in the middle of a file.

usage: killed_writer.py FOLDER NUMBER [BYTES]

It is killed at the file operation NUMBER, which counts from 1, or as soon as a file grows beyond BYTES.
"""

import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from tests.judge.tape.exchanges import KEY
from tests.judge.tape.killing import NEW

OPERATIONS = ("open", "os.rename", "os.remove", "os.mkdir")
"""What Python reports before it does it (audit events); reading is among them, and does no harm."""


def main() -> None:
    """Write the new tape over the old one, up to an operation."""
    folder, left = Path(sys.argv[1]), int(sys.argv[2])

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in OPERATIONS and str(arguments[0]).startswith(str(folder)):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    if len(sys.argv) > 3:
        # Python ignores the signal, and would go on with an error.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        largest = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    NEW.save(folder, KEY)
    print(left)


main()
