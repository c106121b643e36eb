"""Writing a stream to a file in constant memory: chunks are written as they come."""

from collections.abc import Iterable

from ..response.saving import Progress, Writer
from .thread_task import ThreadTask
from .wav import AudioFormat, frame_size, wav_header

# In bytes. An error keeps no more than this of an answer that was to be streamed, whose size has no limit.
MAX_KEPT_SIZE = 64 * 1024 * 1024

# In bytes. In an event loop chunks are collected to this size and then written in one call, because handing a
# call to a thread costs more than writing a small chunk. The memory it takes is too little to matter.
_BATCH_SIZE = 1024 * 1024


class FileSink:
    """Writes the chunks of a stream to a file.

    `is_raw_pcm` means that the chunks are samples without a header: a WAV header is written before them, and
    corrected at the end, when their number is known. With `use_thread` writing leaves the event loop free.
    """

    def __init__(
        self,
        writer: Writer,
        total: int | None,
        on_progress: Progress | None,
        *,
        is_raw_pcm: bool,
        use_thread: bool,
    ) -> None:
        self._size = 0
        self._writer = writer
        self._total = total
        self._on_progress = on_progress
        self._is_raw_pcm = is_raw_pcm
        self._use_thread = use_thread
        self._batch: list[bytes] = []
        self._batch_size = 0
        self._pending_write: ThreadTask[None] | None = None
        if is_raw_pcm:
            writer.write(wav_header(0, AudioFormat()))

    async def write(self, chunks: Iterable[bytes]) -> None:
        """Write chunks, or collect them until a thread is to write them; report progress for each."""
        for chunk in chunks:
            self._size += len(chunk)
            if self._on_progress is not None:
                self._on_progress(self._size, self._total)
            if not self._use_thread:
                self._writer.write(chunk)
                continue
            self._batch.append(chunk)
            self._batch_size += len(chunk)
            if self._batch_size >= _BATCH_SIZE:
                # One write at a time: a second batch would pile up behind a slow disk without limit.
                await self.wait_for_write()
                self._pending_write = ThreadTask(self._writer.write, *self._batch)
                self._batch, self._batch_size = [], 0

    async def wait_for_write(self) -> None:
        """Wait until the thread has written what it was given; raises what its writing raised."""
        pending_write, self._pending_write = self._pending_write, None
        if pending_write is not None:
            await pending_write.result()

    def flush_and_read_back(self) -> bytes:
        """Write the rest and return what the file holds, up to 64 MiB of it."""
        self._writer.write(*self._batch)
        return self._writer.read_start(MAX_KEPT_SIZE)

    def finish(self, audio_format: AudioFormat | None = None) -> None:
        """Write the rest and give the file its name; `audio_format` is the one of raw PCM."""
        self._writer.write(*self._batch)
        if self._is_raw_pcm and audio_format is not None:
            excess = self._size % frame_size(audio_format)  # an incomplete last frame, as in `make_wav`
            self._writer.remove_end(excess)
            self._writer.overwrite_start(wav_header(self._size - excess, audio_format))
        self._writer.finish()
