"""Keeps every exchange of a run as an HTTP archive, as it comes."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from eigen_contract.exchange import Exchange
from eigen_contract.har import HarEntry, HarWriter
from eigen_contract.redaction import Redaction
from eigen_contract.targets import Target


@contextmanager
def archive(path: Path | None, target: Target) -> Generator[Callable[[Exchange, datetime], None]]:
    """Yield what takes the exchanges of a run; without a path it forgets them.

    The archive is whole even if the run ends early. The key of the target is struck out of it.

    Raises:
        CannotJudgeError: the file cannot be written.
    """
    if path is None:
        yield lambda _exchange, _started: None
        return

    base_url = target.base_url.rstrip("/")
    with HarWriter(path, Redaction(target.api_key).data) as writer:
        yield lambda exchange, started: writer.add(HarEntry(exchange, base_url, started))
