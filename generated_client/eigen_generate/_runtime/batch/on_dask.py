"""A run on a cluster of Dask, as the program sees it that starts it.

The program checks the rows and fills the journal. Then the scheduler holds the journal and the gate, and each
worker sends rows. All of them see the folder of the batch and the files that rows name, under the same paths;
results may go anywhere that fsspec reaches.
"""

import contextlib
import pickle
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Self

from ..response.saving import StrPath
from .dask_scheduler import CALL, Assignment, News, begin, new_name
from .dask_worker import work
from .errors import BatchError, StoppedError
from .folder import open_folder
from .importing import OnProblem, fill
from .index import check_arrow
from .methods import BatchSdk, Methods
from .optional import import_optional
from .options import BatchOptions
from .reading import open_source
from .rows import Counts, RowResult

# In seconds.
_CONNECT_TIMEOUT = 30


class ClusterRun:
    """A run on a cluster. Iterating over it yields rows as they end.

    Attributes:
        counts: How many rows are in each state.
        stop_reason: Why the run ended before its last row; None if it did not.
    """

    def __init__(
        self,
        sdk: BatchSdk,
        rows: object,
        out: StrPath,
        address: str,
        options: BatchOptions,
        on_problem: OnProblem | None = None,
    ) -> None:
        options.check()
        check_arrow()
        self.counts = Counts()
        self.stop_reason: str | None = None
        self._sdk = sdk
        self._source = open_source(rows)
        self._folder = Path(out).absolute()
        self._address = address
        self._options = options
        self._on_problem = on_problem
        self._results: Generator[RowResult] = self._run()
        self._cluster: Any = None
        self._assignment = Assignment(new_name(), sdk, self._folder, self._source.folder, options)

    def __iter__(self) -> Iterator[RowResult]:
        return self

    def __next__(self) -> RowResult:
        """Wait for the next row that ends; raises BatchError."""
        return next(self._results)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop(self) -> None:
        """Send no further rows; those under way may end, and are still yielded."""
        if self._cluster is not None:
            self._call("stop", "it was interrupted", False)

    def close(self) -> None:
        """Stop, and wait until the rows under way have ended and are in the journal."""
        self.stop()
        for _ in self._results:
            pass

    def _run(self) -> Generator[RowResult]:
        client = self._sdk.client()
        with open_folder(self._folder) as journal:
            methods = Methods(client, self._source.folder)
            fill(journal, self._source, methods, self._options, self._on_problem)
        with self._connected() as cluster:
            cluster.run_on_scheduler(begin, self._assignment, cluster.id)
            yield from self._follow(cluster)

    @contextlib.contextmanager
    def _connected(self) -> Generator[Any]:
        distributed = import_optional("distributed", "dask")
        try:
            cluster = distributed.Client(self._address, timeout=_CONNECT_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BatchError(f"{self._address}: there is no scheduler of Dask: {error}") from error
        self._cluster = cluster
        try:
            yield cluster
        finally:
            self._cluster = None
            cluster.close()

    def _follow(self, cluster: Any) -> Generator[RowResult]:
        """Keep each worker at work, and yield what they report, until the run is over."""
        working: dict[str, Any] = {}
        interrupt: KeyboardInterrupt | None = None
        while True:
            try:
                for worker in cluster.nthreads():
                    if worker not in working:
                        working[worker] = cluster.submit(work, self._assignment, workers=[worker], pure=False)
                news: News = self._call("news")
            except KeyboardInterrupt as error:
                interrupt = error
                self.stop()
                continue
            self.counts, self.stop_reason = news.counts, news.stop_reason
            yield from news.results
            if news.is_over:
                break
            self._check_workers(working)
        if interrupt is not None:
            raise interrupt
        if news.is_failure:
            raise StoppedError(f"stopped: {news.stop_reason}")

    def _check_workers(self, working: dict[str, Any]) -> None:
        """Stop the run if a worker cannot work, for want of a key or of the package."""
        for future in working.values():
            if future.status == "error" and self.stop_reason is None:
                self._call("stop", f"a worker failed: {future.exception()}", True)

    def _call(self, name: str, *arguments: object) -> Any:
        call = getattr(self._cluster.scheduler, CALL)
        batch = self._assignment.batch
        answer = self._cluster.sync(
            call, batch=batch, worker="", name=name, arguments=pickle.dumps(arguments)
        )
        return pickle.loads(answer)
