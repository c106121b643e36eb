"""From a stream to a file, in constant memory: what is written as it comes, and checked at the end."""

from collections.abc import Iterable

from ..meta import Meta
from ..response.saving import Progress, Writer
from .thread_task import ThreadTask
from .wav import AudioFormat, header

# Bytes that an error keeps of an answer that was to be streamed.
KEPT = 64 * 1024 * 1024

# Enough for one write to be worth a thread, and too little to be felt in memory.
_BATCH = 1024 * 1024


class Sink:
    """Writes a stream's content; samples without a header get one when their number is known."""

    def __init__(
        self,
        writer: Writer,
        total: int | None,
        on_progress: Progress | None,
        *,
        bare: bool,
        waits: bool,
    ) -> None:
        self.taken: int = 0
        self._waits = waits
        self._writer = writer
        self._bare = bare
        self._total = total
        self._on_progress = on_progress
        self._batch: list[bytes] = []
        self._held = 0
        self._writing: ThreadTask[None] | None = None
        if bare:
            writer.write(header(0, AudioFormat()))

    async def write(self, chunks: Iterable[bytes]) -> None:
        """Write chunks; under asyncio in a thread, some at a time, while the next ones come."""
        for chunk in chunks:
            self.taken += len(chunk)
            if self._on_progress is not None:
                self._on_progress(self.taken, self._total)
            if not self._waits:
                self._writer.write(chunk)
                continue
            self._batch.append(chunk)
            self._held += len(chunk)
            if self._held >= _BATCH:
                await self.settle()
                self._writing = ThreadTask(self._writer.write, *self._batch)
                self._batch, self._held = [], 0

    async def settle(self) -> None:
        """Wait until what was given to a thread is written."""
        writing, self._writing = self._writing, None
        if writing is not None:
            await writing.result()

    def written(self) -> bytes:
        """Give back what came, up to 64 MiB of it."""
        self._writer.write(*self._batch)
        return self._writer.read_start(KEPT)

    def finish(self, form: AudioFormat | None = None) -> None:
        """Write the rest, and give the file its name; `form` is that of bare samples."""
        self._writer.write(*self._batch)
        if self._bare and form is not None:
            frame = 2 * form.channels
            whole = self.taken - self.taken % frame
            self._writer.remove_end(self.taken - whole)
            self._writer.overwrite_start(header(whole, form))
        self._writer.finish()


def length_of(meta: Meta) -> int | None:
    """Give the number of bytes that an answer announces; None if it says nothing, or is compressed."""
    length = meta.headers.get("content-length", "")
    return int(length) if length.isdecimal() and "content-encoding" not in meta.headers else None
