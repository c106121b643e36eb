"""Conversion of audio/L16 to little-endian samples. No I/O."""


class BigEndianConverter:
    """Swaps the bytes of 16-bit samples that arrive in chunks of any size.

    audio/L16 sends the high byte of each sample first (RFC 2586, 3); WAV files and all other raw PCM that
    this client meets have the low byte first.
    """

    def __init__(self) -> None:
        self._incomplete_sample = b""

    def convert(self, chunk: bytes) -> bytes:
        """Return the samples that are complete; half a sample waits for the next chunk."""
        samples = self._incomplete_sample + chunk
        size = len(samples) - len(samples) % 2
        self._incomplete_sample = samples[size:]
        swapped = bytearray(size)
        swapped[::2], swapped[1::2] = samples[1:size:2], samples[:size:2]
        return bytes(swapped)
