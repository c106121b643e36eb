"""A web application that speaks: a browser plays the first words while the service still makes the last ones.

    python -m uvicorn app:app --port 8090

The key stays here. The browser asks `/speech?text=...` and gets one WAV file while it is still being spoken.
"""

import struct
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, StreamingResponse

from eigen_generate import (
    AsyncAudioStream,
    AsyncEigenGenerate,
    EigenGenerateError,
    NotSentError,
    RateLimitError,
    ServiceUnavailableError,
)

MAX_TEXT_LENGTH = 2000
# A size field of a WAV file that says "until the end": players take it for a stream.
UNKNOWN_SIZE = 0xFFFFFFFF
BYTES_PER_SAMPLE = 2


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Keep one client, with its connections, as long as the application runs."""
    async with AsyncEigenGenerate() as client:
        app.state.client = client
        yield


app = FastAPI(title="Speech proxy", lifespan=lifespan)


@app.get("/")
async def page() -> FileResponse:
    """Show a page with a text field and a player."""
    return FileResponse(Path(__file__).with_name("page.html"))


@app.get("/speech")
async def speech(
    request: Request, text: Annotated[str, Query(min_length=1, max_length=MAX_TEXT_LENGTH)]
) -> StreamingResponse:
    """Speak the text. What the service refuses becomes a status of ours: nothing went to the browser yet."""
    client: AsyncEigenGenerate = request.app.state.client
    try:
        stream = await client.audio.speak(model="higgs2p5", text=text, voice="Linda", stream=True)
    except (RateLimitError, ServiceUnavailableError) as error:
        seconds = str(round(error.retry_after or 1))
        raise HTTPException(503, "too much to do", headers={"Retry-After": seconds}) from error
    except NotSentError as error:
        raise HTTPException(503, "the service cannot be reached") from error
    except EigenGenerateError as error:
        # Its text may say more about our account than a visitor should read.
        raise HTTPException(502, "the service did not speak") from error
    return StreamingResponse(wav(stream), media_type="audio/wav")


async def wav(stream: AsyncAudioStream) -> AsyncIterator[bytes]:
    """Yield the header of a WAV file, and the samples as they come.

    If the stream breaks off, the error ends the connection before the answer is complete, so a browser knows
    that the file is not whole. The block gives the connection back, also when the browser hangs up.
    """
    async with stream:
        is_first = True
        async for chunk in stream:
            if is_first:
                yield wav_header(stream.format.sample_rate, stream.format.channels)
                is_first = False
            yield chunk


def wav_header(sample_rate: int, channels: int) -> bytes:
    """Return the header of 16-bit PCM whose length is not known; the layout is Microsoft's RIFF WAVE."""
    frame_size = BYTES_PER_SAMPLE * channels
    pcm_format = struct.pack(
        "<HHIIHH", 1, channels, sample_rate, sample_rate * frame_size, frame_size, 8 * BYTES_PER_SAMPLE
    )
    return b"".join(
        [
            struct.pack("<4sI4s", b"RIFF", UNKNOWN_SIZE, b"WAVE"),
            struct.pack("<4sI", b"fmt ", len(pcm_format)),
            pcm_format,
            struct.pack("<4sI", b"data", UNKNOWN_SIZE),
        ]
    )
