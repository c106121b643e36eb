"""A reference server in a process of its own, its memory, and that of its engines."""

import os
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from types import TracebackType

from .processes import ROOT, Failed

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class ServerProcess:
    """A server on a free port, from the beginning of a block to its end."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "eigen_reference", "--port", "0", *arguments]
        began = perf_counter()
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT, cwd=ROOT
        )
        line = self._process.stdout.readline() if self._process.stdout else ""
        self.start_seconds = perf_counter() - began
        """From the command to the line that says that the server listens."""
        if " ready at " not in line:
            self._process.kill()
            raise Failed('the reference server did not start; run it by ./dev -s "bench(server)"')
        self.port = int(line.rpartition(":")[2])

    def __enter__(self) -> "ServerProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(60)
        if self._process.stdout:
            self._process.stdout.close()

    def peak_memory(self) -> int:
        """Return the bytes that the server, without its engines, held at most."""
        return _memory(self._process.pid, "VmHWM")

    def memory_with_children(self) -> int:
        """Return the bytes that the server and its engines hold."""
        pid = self._process.pid
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = {int(child) for task in tasks for child in (task / "children").read_text().split()}
        return sum(_memory(one, "VmRSS") for one in (pid, *children))


def _memory(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
