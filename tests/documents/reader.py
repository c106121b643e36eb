"""A reader who follows a document from top to bottom, block by block, in one shell."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote

import attrs

from tests.documents.blocks import Block

# A block that installs takes some seconds alone, and several times that on a busy machine.
BLOCK_SECONDS = 100.0
_BLOCK_ENDS = "-- the block ends --"
_SHELL_ENDS = "-- the shell ends --"


def follow(blocks: Sequence[Block], folder: Path, environment: dict[str, str], scripts: Path) -> None:
    """Do what the document says, in `folder`. Fails at the first block that does not work as printed.

    Everything runs in one `sh -e`, so that exports and background jobs live on. A Python block is run by
    `python FILE`; one without imports goes on where the Python block above it ends, in the same interpreter.
    A block with a title is saved under it.
    """
    with start_shell(folder, environment) as shell:
        for block in join_programs(blocks):
            if block.language == "text":
                for line in block.lines:
                    shell.await_line(line)
                continue
            script = scripts / f"line-{block.first_line}.{block.language}"
            script.write_text(block.padded, encoding="utf-8")
            shell.run(_command(block, quote(str(script))))
        shell.finish()


def join_programs(blocks: Sequence[Block]) -> list[Block]:
    """Join each Python block without imports to the Python block above it; lines keep their numbers."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above and all(map(_is_program, (above, block))) and not block.starts_program:
            gap = block.first_line - above.first_line - len(above.lines)
            joined[-1] = attrs.evolve(above, lines=(*above.lines, *[""] * gap, *block.lines))
        else:
            joined.append(block)
    return joined


def _command(block: Block, script: str) -> str:
    """Return what a reader types to use a block; `script` is the quoted path of a file that holds it."""
    if block.title is not None:
        return f"cp {script} {quote(block.title)}"
    return f". {script}" if block.language == "sh" else f"python {script}"


def _is_program(block: Block) -> bool:
    return block.language == "python" and block.title is None


class Shell:
    """A shell that is typed into, and what it and its jobs print."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._arriving: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._printed: list[str] = []

    def listen(self) -> None:
        """Take in what is printed, until no process is left that could print."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._arriving.put(line.rstrip("\n"))
        self._arriving.put(None)

    def run(self, command: str) -> None:
        """Run a command to its end; it shows each command that it runs, and the first that fails ends it."""
        self._printed.clear()
        # On a line of its own, also when what the command printed last ends without a newline.
        self.type(
            f"set -x; {command} </dev/null; {{ set +x; }} 2>/dev/null; printf '\\n%s\\n' '{_BLOCK_ENDS}'"
        )
        self.await_line(_BLOCK_ENDS)

    def await_line(self, expected: str) -> None:
        """Wait until `expected` has been printed since the last command began."""
        while expected not in self._printed:
            line = self._next_line()
            assert line not in (None, _SHELL_ENDS), self._report("the last command failed")
            self._printed.append(str(line))

    def finish(self) -> None:
        """Leave the shell, and see that the document has ended all that it had started."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        while (line := self._next_line()) is not None:
            self._printed.append(line)

    def type(self, line: str) -> None:
        """Type a line into the shell."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _next_line(self) -> str | None:
        try:
            return self._arriving.get(timeout=BLOCK_SECONDS)
        except queue.Empty:
            raise AssertionError(self._report("nothing more came; is a job still running?")) from None

    def _report(self, what: str) -> str:
        return "\n".join([what, *self._printed])


@contextmanager
def start_shell(folder: Path, environment: dict[str, str]) -> Generator[Shell, None, None]:
    """Start a shell, and end with the block whatever runs in it."""
    with subprocess.Popen(
        ["sh", "-e"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        shell = Shell(process)
        listener = threading.Thread(target=shell.listen)
        listener.start()
        try:
            shell.type(f"trap \"echo '{_SHELL_ENDS}'\" EXIT")
            yield shell
        finally:
            # Its jobs are in its process group, even when the shell itself has ended.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            listener.join()
