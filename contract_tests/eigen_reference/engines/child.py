"""The other end of `isolation`: `python -m eigen_reference.engines.child ENGINE` answers what it is asked."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import cast

from .errors import EngineUnavailableError
from .isolation import read_frame, write_frame

Answer = Callable[[dict[str, object], bytes], bytes]


def main(engine: str) -> None:
    """Serve `engine` over standard input and output."""
    # The engines' C code may print; only our frames may go to the parent.
    outlet = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer = cast(Answer, importlib.import_module(f"{__package__}.{engine}").answer)
    while True:
        try:
            arguments, payload = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        try:
            write_frame(outlet, {}, answer(arguments, payload))
        except EngineUnavailableError as error:
            write_frame(outlet, {"unavailable": error.package}, b"")


if __name__ == "__main__":
    main(sys.argv[1])
