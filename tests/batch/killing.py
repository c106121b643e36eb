"""A run in a process of its own, which can be killed at any instant.

The process is a copy of one that has imported everything, so that even a short life is spent on rows.
"""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

CONTEXT: Any = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["eigen_generate.batch", "pyarrow.parquet", "filelock", "tests.batch.killing"])


def live(rows: Path, out: Path, base_url: str, options: dict[str, Any], ready: Connection) -> None:
    """Run a batch to its end; the process begins here."""
    from eigen_generate import AsyncEigenGenerate
    from eigen_generate.batch import StoppedError, run

    ready.send("ready")
    client = AsyncEigenGenerate(api_key="test-key", base_url=base_url)
    try:
        for _ in run(rows, out=out, client=client, **options):
            pass
    except StoppedError:
        pass


def run_until(
    is_time: Callable[[], bool] | None, rows: Path, out: Path, base_url: str, **options: Any
) -> bool:
    """Run a batch, and kill it once `is_time` says so. Return whether it was killed before its end."""
    receiving, sending = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=live, args=(rows, out, base_url, options, sending))
    process.start()
    sending.close()
    receiving.recv()
    receiving.close()
    while is_time is not None and process.exitcode is None:
        if is_time():
            process.kill()
            break
        process.join(0.002)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"the run ended with {process.exitcode}"
    return bool(process.exitcode)
