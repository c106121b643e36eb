"""The size of a picture in pixels, from its bytes, without a library for pictures."""

import struct

# The markers of a JPEG's frame headers, SOF0 to SOF15; those left out are DHT, JPG and DAC (ITU-T T.81,
# B.1.1.3).
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pixel_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None if the content is no PNG, JPEG, WebP, GIF or BMP, or is cut.

    The size is that of the stored pixels. A viewer that obeys the orientation in EXIF may swap the two.
    """
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _pair(struct.unpack_from(">II", content, 16))  # IHDR is the first chunk (RFC 2083, 4.1.1)
        if content.startswith((b"GIF87a", b"GIF89a")):
            return _pair(struct.unpack_from("<HH", content, 6))
        if content.startswith(b"\xff\xd8"):
            return _size_of_jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _size_of_webp(content)
        if content[:2] == b"BM":
            return _size_of_bmp(content)
    except struct.error:  # the content ends before its size
        pass
    return None


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    width, height = values
    return width, height


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Return the size in the frame header; the segments before it are skipped by their lengths."""
    position = 2
    while True:
        (byte, marker) = struct.unpack_from(">BB", content, position)
        if byte != 0xFF:
            return None
        if marker == 0xFF:  # any number of fill bytes may stand before a marker
            position += 1
        elif marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return width, height
        else:
            position += 2 + struct.unpack_from(">H", content, position + 2)[0]


def _size_of_webp(content: bytes) -> tuple[int, int] | None:
    """Return the size in the first chunk, of one of three kinds (RFC 9649, section 2)."""
    kind = content[12:16]
    if kind == b"VP8X":  # 24 bits each, less one
        low_width, high_width, low_height, high_height = struct.unpack_from("<HBHB", content, 24)
        return (high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1
    if kind == b"VP8L":  # 14 bits each, less one, after a signature
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":  # 14 bits each, below two bits of scale (RFC 6386, section 9.1)
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _size_of_bmp(content: bytes) -> tuple[int, int] | None:
    (header_size,) = struct.unpack_from("<I", content, 14)
    if header_size == 12:  # the header of OS/2
        return _pair(struct.unpack_from("<HH", content, 18))
    width, height = struct.unpack_from("<ii", content, 18)
    return width, abs(height)  # negative where the rows stand from top to bottom
