"""A client of the Language Server Protocol over a process's standard streams, as an editor has one.

Protocol: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

# The first request waits until the server has read the package and the stubs of the standard library, which
# takes several seconds on a busy machine. Later ones take milliseconds.
TIMEOUT = 60.0

_CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": {"labelOffsetSupport": True},
            }
        },
    },
}


class LanguageServerError(Exception):
    """The server refused a request, did not answer in time, or ended."""


class LanguageServer:
    """A running language server. A context manager: the process ends with the block.

    Args:
        command: What starts the server.
        root: The folder of the workspace.
        settings: What the server learns when it asks for the editor's configuration, by section.
    """

    def __init__(self, command: Sequence[str], root: Path, settings: dict[str, object]) -> None:
        self._settings = settings
        self._log = root / "server.log"
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._last_id = 0
        # Without this, each test after a server is lost would wait until the time is up.
        self._is_lost = False
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin = self._process.stdin
        self._reader = threading.Thread(target=self._read_all, args=(self._process.stdout,), daemon=True)
        self._reader.start()
        try:
            self._initialize(root)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server as the protocol says; end the process if it does not comply."""
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
        except (LanguageServerError, OSError):
            self._process.terminate()
        # The console script of the wheel waits for Node.js, a child of its own. If the child outlives the
        # script, it ends when its standard input does.
        with suppress(OSError):
            self._stdin.close()
        try:
            self._process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(TIMEOUT)
        assert self._process.stdout
        self._process.stdout.close()

    def open(self, path: Path, text: str) -> None:
        """Tell the server that the editor shows this text; it need not be on disk."""
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def request(self, method: str, params: object) -> Any:
        """Return the result of a request.

        Raises:
            LanguageServerError: The server refused, ended, or did not answer within `TIMEOUT` seconds.
        """
        if self._is_lost:
            raise LanguageServerError(f"{method}: an earlier request had no answer")
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        deadline = time.monotonic() + TIMEOUT
        while True:
            message = self._next_message(method, deadline)
            if "method" in message:
                self._answer(message)
            elif message["id"] == self._last_id:
                if "error" in message:
                    raise LanguageServerError(f"{method}: {message['error']}")
                return message["result"]

    def notify(self, method: str, params: object) -> None:
        """Send what has no answer."""
        self._send({"method": method, "params": params})

    def _initialize(self, root: Path) -> None:
        folder = {"uri": root.as_uri(), "name": root.name}
        self.request(
            "initialize",
            {
                # The server ends by itself if this process is gone.
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": _CAPABILITIES,
            },
        )
        self.notify("initialized", {})

    def _next_message(self, method: str, deadline: float) -> dict[str, Any]:
        try:
            message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            self._is_lost = True
            raise LanguageServerError(f"{method}: no answer within {TIMEOUT} seconds") from None
        if message is None:
            self._is_lost = True
            raise LanguageServerError(f"{method}: the server ended. {self._log.read_text('utf-8')}")
        return message

    def _answer(self, message: dict[str, Any]) -> None:
        """Answer a request of the server's; notifications, such as diagnostics, need no answer."""
        if "id" not in message:
            return
        result: object = None
        if message["method"] == "workspace/configuration":
            result = [self._settings.get(item["section"]) for item in message["params"]["items"]]
        self._send({"id": message["id"], "result": result})

    def _send(self, message: dict[str, object]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._stdin.flush()

    def _read_all(self, stdout: IO[bytes]) -> None:
        """Put every message of the server into the queue, and None when there are no more."""
        while head := stdout.readline():
            length = 0
            while head.strip():
                name, _, value = head.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                head = stdout.readline()
            self._messages.put(json.loads(stdout.read(length)))
        self._messages.put(None)
