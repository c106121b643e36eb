"""The process that decodes media. Starts with `python -m`, takes one medium after another from its input.

A request is a line of JSON (the task, and the size of the medium in bytes) and the medium; so is a reply,
whose bytes are samples. A medium that does not decode is a reply; one that hurts ends this process and
nothing else.
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from attrs import asdict

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.pictures import is_plain, picture
from eigen_contract.decoding.sounds import samples_of, sound
from eigen_contract.decoding.videos import video

MEMORY = 1 << 30
"""Bytes that decoding may take beside the programs; a picture of 40 million pixels takes 160 MB."""

Task = Callable[[bytes], tuple[dict[str, Any], bytes]]
TASKS: dict[str, Task] = {
    "picture": lambda data: (asdict(picture(data)), b""),
    "is_plain": lambda data: ({"is_plain": is_plain(data)}, b""),
    "sound": lambda data: (asdict(sound(data)), b""),
    "samples": lambda data: ({}, samples_of(data)),
    "video": lambda data: (asdict(video(data)), b""),
}


def main() -> None:
    """Reply to requests until the input ends, which it does with the process that sends them."""
    limit_memory()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    write_reply(replies, {}, b"")
    while line := requests.readline():
        request = json.loads(line)
        values, data = decode(TASKS[request["task"]], requests.read(request["size"]))
        write_reply(replies, values, data)


def write_reply(replies: BinaryIO, values: dict[str, Any], data: bytes) -> None:
    replies.write(json.dumps({**values, "size": len(data)}).encode() + b"\n")
    replies.write(data)
    replies.flush()


def decode(task: Task, data: bytes) -> tuple[dict[str, Any], bytes]:
    """Do a task; what does not decode, or not in this memory, is a reply as well."""
    try:
        return task(data)
    except BrokenMediaError as error:
        return {"broken": str(error)}, b""
    except MemoryError:
        return {"broken": f"decoding it takes more than {MEMORY >> 20} MiB of memory"}, b""
    except Exception as error:
        # The media decide what a decoder stumbles over, so that it does is said of them.
        return {"broken": f"it makes the decoder fail: {type(error).__name__}: {error}"}, b""


def limit_memory() -> None:
    """Let this process take `MEMORY` more than it has now. Windows and macOS have no such limit."""
    if sys.platform != "linux":
        return
    import resource

    # Without `/proc`, as in some containers, it is not known what the process has.
    with suppress(OSError, ValueError):
        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
        # A crash is expected here, and a dump of it of no use.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
