"""Steady, a mock server that is not ours: starts it, and overhears what is sent and what it says."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any

import httpx

from calling import Method
from eigen_contract.exchange import Request
from eigen_contract.spec import Contract, Document, Variant
from eigen_contract.targets.target import captured
from eigen_generate import AsyncEigenGenerate, EigenGenerate, EigenGenerateError

STEADY = "@stdy/cli@0.22.2"
KEY = "test-key"
PATIENCE = 120.0
"""Seconds that Steady has to be installed and to read the contract."""
FAULTS = "x-steady-error-count"
"""How many faults Steady sees. The status says less: what Steady is unsure of, it answers with 200."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def mock(spec: Path) -> Generator[str]:
    """Serve a spec on the loopback interface; the URL is there when Steady says that it is ready."""
    npx = shutil.which("npx")
    assert npx, "this needs Node.js, and there is no npx on the PATH; on Debian: apt install npm"
    port = free_port()
    # Under CI=true Steady would word its lines otherwise, and never say that it is ready.
    says = ["--log-format=text", "--quiet", "--no-color"]
    options = ["--host=127.0.0.1", f"--port={port}", "--validator-strict-oneof", *says]
    with subprocess.Popen(
        [npx, "--yes", STEADY, *options, str(spec)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        said: list[str] = []
        late = Timer(PATIENCE, kill, [process])
        late.start()
        try:
            for line in process.stdout:
                said.append(line)
                if line.startswith("Ready"):
                    break
            else:
                raise AssertionError(f"Steady was not ready within {PATIENCE} s: {''.join(said)[-500:]}")
            late.cancel()
            yield f"http://127.0.0.1:{port}"
        finally:
            late.cancel()
            kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """End Steady and npx, which passes no signal on; both are in a group of their own, and hold no state."""
    if sys.platform == "win32":  # which has no groups of processes
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def apart(contract: Contract) -> Document:
    """Give each variant a path of its own, below its name: there Steady reads the types of a form's parts."""
    paths: dict[str, dict[str, Document]] = {}
    for operation in contract.operations:
        responses = operation.document["responses"]
        for body in operation.bodies.values():
            for variant in body.variants:
                item = paths.setdefault(f"/{variant.name}{operation.path}", {})
                alone = item.setdefault(
                    operation.method.lower(), {"requestBody": {"content": {}}, "responses": responses}
                )
                alone["requestBody"]["content"][body.media_type] = {"schema": flat(variant)}
    return {**contract.document, "paths": paths}


def flat(variant: Variant) -> Document:
    """Write a variant without `$ref` and `allOf`, through which Steady does not see the types of parts."""
    own = {key: value for key, value in variant.schema.items() if key != "allOf"}
    return {**own, "properties": variant.properties, "required": sorted(variant.required)}


def faults(headers: httpx.Headers) -> list[str]:
    """List the faults that Steady sees in a request, from the headers of its answer."""
    count = int(headers[FAULTS])
    return [headers[f"x-steady-error-{number}-message"] for number in range(1, count + 1)]


class Overheard(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends over a real socket, and keeps the request and the faults that Steady sees in it."""

    def __init__(self, accept: str = "") -> None:
        self._accept = accept
        # Nothing is encrypted here, and reading certificates for each call would take most of the time.
        self._socket = httpx.HTTPTransport(verify=False)
        self._async_socket = httpx.AsyncHTTPTransport(verify=False)
        self.request: Request | None = None
        self.faults: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._kept(request, self._socket.handle_request(self._asked(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._kept(request, await self._async_socket.handle_async_request(self._asked(request)))

    def _asked(self, request: httpx.Request) -> httpx.Request:
        if self._accept:
            request.headers["accept"] = self._accept
        return request

    def _kept(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        assert self.request is None, "one call is one request"
        self.request, self.faults = captured(request, KEY), faults(response.headers)
        return response

    def close(self) -> None:
        self._socket.close()

    async def aclose(self) -> None:
        await self._async_socket.aclose()


def call(
    url: str, method: Method, values: dict[str, Any], accept: str = "", *, asynchronous: bool = False
) -> tuple[Overheard, Any]:
    """Call a method of the client; return what was overheard, and the result or the client's error."""
    with Overheard(accept) as overheard:
        try:
            if asynchronous:
                return overheard, asyncio.run(result_of_async(overheard, url, method, values))
            return overheard, result_of(overheard, url, method, values)
        except EigenGenerateError as error:
            return overheard, error


def result_of(transport: Overheard, url: str, method: Method, values: dict[str, Any]) -> Any:
    with httpx.Client(transport=transport) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=url, http_client=http_client)
        result = method.of(client)(**values)
        return result.as_wav() if hasattr(result, "as_wav") else result


async def result_of_async(transport: Overheard, url: str, method: Method, values: dict[str, Any]) -> Any:
    async with httpx.AsyncClient(transport=transport) as http_client:
        client = AsyncEigenGenerate(api_key=KEY, base_url=url, http_client=http_client)
        result = await method.of(client)(**values)
        return await result.as_wav() if hasattr(result, "as_wav") else result
