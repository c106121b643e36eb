"""A Dask cluster of real processes on this machine, whose workers can be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

# In seconds. Importing distributed takes some on a busy machine.
_PATIENCE = 60.0
_DASK = [sys.executable, "-m", "dask"]


class Cluster:
    """A scheduler and workers, which call `base_url` with the tests' key."""

    def __init__(self, folder: Path, base_url: str, workers: int) -> None:
        self._file = folder / "scheduler.json"
        self._log = folder / "cluster.log"
        self._environment = {**os.environ, "EIGENAI_BASE_URL": base_url, "EIGENAI_API_KEY": "test-key"}
        self._count = workers
        self._workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def __enter__(self) -> Self:
        options = [
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(self._file),
        ]
        self._scheduler = self._start("scheduler", *options, "--scheduler-file", str(self._file))
        self.address = self._read_address()
        for _ in range(self._count):
            self.add_worker()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()

    def add_worker(self) -> None:
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--scheduler-file", str(self._file)]
        self._workers.append(self._start("worker", *options))

    def kill_oldest_worker(self) -> None:
        """End a worker as the machine does that runs out of memory."""
        process = self._workers.pop(0)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _start(self, role: str, *options: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen([*_DASK, role, *options], env=self._environment, stdout=log, stderr=log)

    def _read_address(self) -> str:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self._scheduler.poll() is None:
            try:
                return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
            except (OSError, ValueError):
                time.sleep(0.05)
        raise TimeoutError(f"the scheduler did not start: {self._log.read_text(encoding='utf-8')[-2000:]}")
