"""Decodes videos: an MP4's boxes by a walk (ISO/IEC 14496-12, 4.2), every frame by FFmpeg through PyAV."""

import struct
from io import BytesIO

import av
from av.error import FFmpegError

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.contents import Video
from eigen_contract.decoding.limits import check_frames, check_pixels

NEEDED = (b"ftyp", b"moov", b"mdat")


def video(data: bytes) -> Video:
    """Decode a video wholly.

    Raises:
        BrokenMediaError: it is not a video, it is not whole, or it holds no frame.
    """
    walk_boxes(data)
    try:
        with av.open(BytesIO(data), "r") as container:
            if not container.streams.video:
                raise BrokenMediaError("it has no video stream")
            stream = container.streams.video[0]
            check_pixels(stream.codec_context.width, stream.codec_context.height)
            frames = 0
            for frame in container.decode(stream):
                frames += 1
                check_frames(frames)
                # A stream may grow after its header.
                check_pixels(frame.width, frame.height)
            seen = Video(stream.codec_context.width, stream.codec_context.height, frames)
    except FFmpegError as error:
        raise BrokenMediaError(f"the video does not decode: {error}") from error
    if not seen.frames:
        raise BrokenMediaError("the video has no frames")
    return seen


def walk_boxes(data: bytes) -> None:
    """Check that the top-level boxes fill the file to its last byte, and that the needed ones are there."""
    kinds: list[bytes] = []
    offset = 0
    while offset < len(data):
        size, kind = box_at(data, offset)
        kinds.append(kind)
        offset += size
    missing = [kind.decode() for kind in NEEDED if kind not in kinds]
    if missing:
        raise BrokenMediaError(f"the MP4 has no box {', '.join(missing)}")


def box_at(data: bytes, offset: int) -> tuple[int, bytes]:
    """Return size and type of the box at an offset; size 1 means a 64-bit size, 0 the rest of the file."""
    if offset + 8 > len(data):
        raise BrokenMediaError(f"the MP4 is cut short in a box header at byte {offset}")
    size, kind = struct.unpack_from(">I4s", data, offset)
    if size == 1 and offset + 16 <= len(data):
        (size,) = struct.unpack_from(">Q", data, offset + 8)
    elif size == 0:
        size = len(data) - offset
    if size < 8 or offset + size > len(data):
        raise BrokenMediaError(f"the MP4 box at byte {offset} is cut short")
    return size, kind
