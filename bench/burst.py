"""Many calls at once, in this process: `python -m bench.burst SUBJECT CALLS` prints what they left."""

import asyncio
import gc
import json
import sys
from importlib import import_module
from time import perf_counter

from . import memory
from .answers import JSON, JSON_HEADERS
from .subject import MODULES, AsyncCall

_HEAD = "".join(f"{name}: {value}\r\n" for name, value in JSON_HEADERS.items())
_ANSWER = f"HTTP/1.1 200 OK\r\n{_HEAD}\r\n".encode() + JSON


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer request after request on one connection."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            _, _, length = head.lower().partition(b"content-length:")
            await reader.readexactly(int(length.partition(b"\r\n")[0]))
            writer.write(_ANSWER)
    except asyncio.IncompleteReadError:  # the client has closed
        writer.close()


async def burst(subject: str, calls: int) -> dict[str, float]:
    """Send `calls` at once, twice, and look what the second time leaves behind."""
    files = memory.open_files()
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    call, close = import_module(f"bench.subjects.{MODULES[subject]}").many(f"http://127.0.0.1:{port}")
    await _all(call, calls)
    await _settle()
    objects, resident, before = len(gc.get_objects()), memory.resident(), memory.in_use()
    begin = perf_counter()
    await _all(call, calls)
    seconds = perf_counter() - begin
    await _settle()
    after = memory.in_use()
    kept = {
        "memory": after - before,
        "resident": memory.resident() - resident,
        "objects": len(gc.get_objects()) - objects,
    }
    await close()
    server.close()
    await _until_files_are(files)
    left = memory.open_files()
    return {
        "time": seconds,
        **kept,
        "memory.before": before,
        "memory.after": after,
        "files": left - files,
        "files.before": files,
        "files.after": left,
    }


async def _all(call: AsyncCall, calls: int) -> None:
    for result in await asyncio.gather(*[call() for _ in range(calls)], return_exceptions=True):
        if isinstance(result, BaseException):
            raise result


async def _settle() -> None:
    """Let both sides finish with the connections that the pool has given up, then drop what is dead."""
    for _ in range(100):
        await asyncio.sleep(0)
    gc.collect()


async def _until_files_are(count: int) -> None:
    """Let the server's side notice that its connections were closed, but not for ever."""
    for _ in range(1000):
        if memory.open_files() <= count:
            return
        await asyncio.sleep(0)


def main() -> None:
    """Do what the command line says; prints one JSON object."""
    print(json.dumps(asyncio.run(burst(sys.argv[1], int(sys.argv[2])))))


if __name__ == "__main__":
    main()
