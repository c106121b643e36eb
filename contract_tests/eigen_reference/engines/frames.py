"""The messages between the server and its child processes: a line of JSON, then bytes."""

import json
from collections.abc import Mapping
from typing import IO, cast

Header = Mapping[str, object]


def write_frame(pipe: IO[bytes], header: Header, payload: bytes) -> None:
    """Write one message: a line of JSON that says how many bytes follow, then the bytes."""
    pipe.write(json.dumps({**header, "size": len(payload)}).encode() + b"\n")
    pipe.write(payload)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, object], bytes]:
    """Read one message. Raises EOFError if the other end closed."""
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header = cast(dict[str, object], json.loads(line))
    size = cast(int, header.pop("size"))
    payload = pipe.read(size)
    if len(payload) != size:
        raise EOFError
    return header, payload
