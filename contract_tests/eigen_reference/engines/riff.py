"""Write RIFF files of 16 bit mono samples, with nothing but the standard library."""

import io
import wave


def wav(samples: bytes, rate: int = 24_000) -> bytes:
    """Return a file of samples at `rate` hertz."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(samples)
    return buffer.getvalue()
