"""The other end of `isolation`: `python -m eigen_reference.engines.child ENGINE MEGABYTES` answers requests.

An engine is a module with a function `answer`, which takes the arguments and the bytes of a request, and
returns bytes, or what is to be said about them and the bytes.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import cast

from .errors import EngineError, EngineFailedError, EngineUnavailableError
from .frames import read_frame, write_frame

Reply = bytes | tuple[Mapping[str, object], bytes]
Answer = Callable[[dict[str, object], bytes], Reply]
MEBIBYTE = 2**20
NICENESS = 5
"""A third of the server's share. With more, the engines would starve beside what else the machine does."""
GROWN = 384 * MEBIBYTE
"""A child that ever took this much gives it back by ending after its answer; the next request starts anew."""


def main(engine: str, megabytes: int) -> None:
    """Serve `engine` over standard input and output until the input ends."""
    # The engines' C code may print; only our frames may go to the parent.
    outlet = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(megabytes)
    give_way()
    answer = cast(Answer, importlib.import_module(engine).answer)
    while True:
        try:
            arguments, payload = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        header, output = reply(answer, arguments, payload)
        ending = peak_memory() > GROWN
        try:
            write_frame(outlet, {**header, "ending": ending}, output)
        except BrokenPipeError:
            os._exit(0)  # the server has ended; flushing the pipe once more would fail once more
        if ending:
            return
        del payload, output  # what waits for the next request holds nothing of the last


def reply(answer: Answer, arguments: dict[str, object], payload: bytes) -> tuple[Mapping[str, object], bytes]:
    """Return the engine's answer, or what went wrong in the form that `isolation` reads."""
    try:
        output = answer(arguments, payload)
    except EngineUnavailableError as error:
        return {"error": type(error).__name__, "package": error.package}, b""
    except EngineError as error:
        return {"error": type(error).__name__, "message": error.message, "field": error.field}, b""
    except MemoryError:
        return {"error": EngineFailedError.__name__, "message": "the engine needs too much memory"}, b""
    except Exception as error:
        traceback.print_exc()
        message = f"the engine failed: unexpected {type(error).__name__}"
        return {"error": EngineFailedError.__name__, "message": message}, b""
    return ({}, output) if isinstance(output, bytes) else output


def limit_memory(megabytes: int) -> None:
    """Let allocations fail beyond a limit: of data, because the code of FFmpeg alone maps 100 MiB.

    Windows has no such limit, and macOS refuses one that is below what the process maps already.
    """
    if sys.platform != "win32":
        import resource

        with nullcontext() if sys.platform == "linux" else suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEBIBYTE, megabytes * MEBIBYTE))


def give_way() -> None:
    """Let the server go first where both want a processor.

    It answers what needs no engine, such as a 401, in a millisecond, and an engine works for seconds. With
    equal priority the server would wait until the time slice of an engine is over.
    """
    if hasattr(os, "nice"):  # Windows has none
        os.nice(NICENESS)


def peak_memory() -> int:
    """Return the bytes that this process held at most; 0 on Windows, where no limit needs them."""
    # What `getrusage` tells on Linux is at least the peak of the parent when it started this process: it
    # outlives `exec`. A large server would end each child after its first answer.
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
    if sys.platform != "win32":
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    return 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
