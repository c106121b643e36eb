"""Plays sound with a program of the machine, while it comes."""

import shutil
import subprocess
from collections.abc import Iterable

from ..errors import SDKError

# Each reads a file from stdin as it comes, and shows nothing. The last three take little more than WAV.
_PLAYERS = (
    ("mpv", "--really-quiet", "--no-video", "-"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error", "-i", "-"),
    ("play", "-q", "-t", "wav", "-"),
    ("paplay",),
    ("aplay", "-q", "-"),
)


class PlayerError(SDKError):
    """The player failed. `content` is all that was to be played."""

    def __init__(self, message: str, *, content: bytes) -> None:
        super().__init__(message)
        self.content = content


def find_player() -> tuple[str, ...] | None:
    """Return the command of the first player that is installed; None if there is none."""
    return next((command for command in _PLAYERS if shutil.which(command[0])), None)


def play(chunks: Iterable[bytes]) -> bytes:
    """Play chunks as they come, and return them all when the player has ended.

    Raises PlayerError if there is no player or if it fails, once all chunks have come: they are paid for.
    What `chunks` raises ends the player.
    """
    command = find_player()
    if command is None:
        raise PlayerError("there is no player", content=b"".join(chunks))
    content, is_listening = bytearray(), True
    # Its own stdout would mix with ours.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        try:
            for chunk in chunks:
                content += chunk
                if is_listening:
                    is_listening = _write(process, chunk)
        finally:
            try:
                process.stdin.close()
            except OSError:  # it has ended, and its status says why
                is_listening = False
    if process.returncode != 0:
        raise PlayerError(f"{command[0]} ended with status {process.returncode}", content=bytes(content))
    return bytes(content)


def _write(process: "subprocess.Popen[bytes]", chunk: bytes) -> bool:
    """Hand a chunk to the player; return whether it still reads."""
    assert process.stdin is not None
    try:
        process.stdin.write(chunk)
        process.stdin.flush()
    except OSError:  # a pipe without a reader, which Windows reports as EINVAL
        return False
    return True
