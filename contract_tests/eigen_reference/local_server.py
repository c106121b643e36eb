"""The reference server in a thread of this process, for tests of programs that call the endpoint."""

import threading
from pathlib import Path
from types import TracebackType

from .app import create_app
from .control import Control
from .http_protocol import Timeouts
from .journal import Entry
from .serving import bind, server_of

START_SECONDS = 30.0
STOP_SECONDS = 10.0


class LocalServer:
    """A server on a free port of loopback. It starts and ends with a `with` block.

    `base_url` and `api_key` are for the program under test. `requests`, `fault` and `reset` are for the test:
    what the program sent, what is to go wrong next, and a new beginning. Any thread may use them, and so may
    asynchronous tests.
    """

    def __init__(self, *, api_key: str = "test-key", spec_path: Path | None = None) -> None:
        self.api_key = api_key
        self.base_url = ""
        self._control = Control()
        self._ready = threading.Event()
        app = create_app(spec_path, api_key, control=self._control)
        self._listener = bind("127.0.0.1", 0)
        self._server = server_of(app, Timeouts(), idle=5, grace=0.5, on_ready=self._note_ready)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="eigen_reference", daemon=True
        )

    def _note_ready(self, url: str) -> None:
        self.base_url = url
        self._ready.set()

    def __enter__(self) -> "LocalServer":
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise TimeoutError(f"the reference server did not start in {START_SECONDS:g} s")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(STOP_SECONDS)

    @property
    def requests(self) -> list[Entry]:
        """What was sent, oldest first: method, path, job, fields, files and status, but never a key."""
        return self._control.requests

    def fault(self, text: str, *, times: int | None = 1) -> None:
        """Let the next requests fail: `times` of them, or all until `reset` if that is None.

        Args:
            text: as in the header `X-Eigen-Fault`: `status=429; retry-after=2`, `reset`, `delay=3`, ...;
                `python -m eigen_reference --fault list` names all.
            times: how many requests.

        Raises:
            ValueError: there is no such fault.
        """
        self._control.fault(text, times=times)

    def reset(self) -> None:
        """Forget the requests, and every fault that is still to come."""
        self._control.reset()
