"""Decides whether media is whole: the container is walked to its last byte, then everything in it is decoded.

Sniffing the first bytes would pass a picture that was cut short. `BrokenMediaError` says what is wrong and at
which byte; what the functions return says what the media holds (pixels, seconds, frames). `containment` has
all of it done in a process of its own, `worker`, the only one that loads Pillow and FFmpeg.
"""

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.containment import decode_contained
from eigen_contract.decoding.contents import Picture, Sound, Video

__all__ = [
    "BrokenMediaError",
    "Picture",
    "Sound",
    "Video",
    "decode",
    "is_plain",
    "picture",
    "sniff",
    "sound",
    "video",
]

SIGNATURES = (
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/webp", 8, b"WEBP"),
    ("audio/wav", 8, b"WAVE"),
    ("audio/mpeg", 0, b"ID3"),
    ("audio/flac", 0, b"fLaC"),
    ("audio/ogg", 0, b"OggS"),
    ("video/mp4", 4, b"ftyp"),
)


def sniff(data: bytes) -> str | None:
    """Name the media type that the first bytes show, or None.

    Signatures as the WHATWG MIME Sniffing Standard lists them; FLAC as RFC 9639, section 8.1.
    """
    for media_type, offset, magic in SIGNATURES:
        if data[offset : offset + len(magic)] == magic:
            return media_type
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0:
        return "audio/aac"
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "audio/mpeg"
    return None


def decode(data: bytes, media_type: str) -> Picture | Sound | Video | None:
    """Decode media wholly as what it says it is; None for a media type that no decoder here knows.

    Raises:
        BrokenMediaError: it is something else, or it is not whole.
    """
    if not data:
        raise BrokenMediaError("it has 0 bytes")
    family = media_type.partition("/")[0]
    if media_type == "audio/pcm":
        return raw_samples(data)
    if family in ("image", "audio", "video"):
        shown = sniff(data)
        if shown != media_type:
            raise BrokenMediaError(f"the bytes are {shown or 'of an unknown format'}, not {media_type}")
    if family == "image":
        return picture(data)
    if family == "audio":
        return sound(data)
    return video(data) if family == "video" else None


def picture(data: bytes) -> Picture:
    """Decode a whole picture. Raises BrokenMediaError if it is not one, or is cut short."""
    return Picture(**decode_contained("picture", data).values)


def is_plain(data: bytes) -> bool:
    """Say whether a picture is of one colour; what does not decode is no picture, and so not plain."""
    try:
        return bool(decode_contained("is_plain", data).values["is_plain"])
    except BrokenMediaError:
        return False


def sound(data: bytes) -> Sound:
    """Decode a whole recording. Raises BrokenMediaError if it is not one, is cut short, or has no sample."""
    return Sound(**decode_contained("sound", data).values)


def video(data: bytes) -> Video:
    """Decode a whole video. Raises BrokenMediaError if it is not one, is cut short, or holds no frame."""
    return Video(**decode_contained("video", data).values)


def raw_samples(data: bytes) -> Sound:
    """Take raw 16-bit samples: there is no container, so only their number can be wrong."""
    if len(data) % 2:
        raise BrokenMediaError(f"{len(data)} bytes are not a whole number of 16-bit samples")
    return Sound(0, 1, len(data) // 2)
