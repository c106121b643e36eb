"""Media types: comparing them, and telling them from a file's first bytes or its name."""

# Enough of a file to recognise every kind below.
MAGIC_LENGTH = 64

OCTETS = "application/octet-stream"
EVENTS = "text/event-stream"
# What an answer is called of which nobody said what it is.
UNTYPED = ("", OCTETS, "binary/octet-stream")

# Signatures as in the WHATWG MIME Sniffing standard, section 6, but for FLAC (RFC 9639, section 6).
_PREFIXES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
# Brands of ISO base media files (MP4 registration authority); any other is taken for a film.
_BRANDS = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"qt  ": "video/quicktime",
}
# They hold sound or film, which their first bytes do not tell.
_CONTAINERS = frozenset({"video/mp4", "audio/mp4", "video/webm", "audio/ogg"})
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}

_SUFFIXES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".mov": "video/quicktime",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".aac": "audio/aac",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".json": "application/json",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
}
_SPELLINGS = {
    "image/jpg": ".jpg",
    "audio/x-wav": ".wav",
    "audio/wave": ".wav",
    "audio/vnd.wave": ".wav",
    "audio/mp3": ".mp3",
    "audio/opus": ".opus",
    "audio/x-m4a": ".m4a",
    "audio/pcm": ".pcm",
    "audio/l16": ".pcm",
}


def sniff(head: bytes) -> str | None:
    """Tell the media type from a file's first bytes, or None."""
    for prefix, media_type in _PREFIXES:
        if head.startswith(prefix):
            return media_type
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return "audio/mpeg" if _is_mpeg_audio(head) else None


def is_page(head: bytes) -> bool:
    """Tell whether something begins like a web page."""
    return head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))


def contradiction(head: bytes, media_type: str) -> str | None:
    """Say what the first bytes surely are, if that is another kind of thing than `media_type`; else None.

    A picture of another format is no contradiction; a sound or a web page in place of a picture is.
    """
    kind = media_type.partition("/")[0]
    if kind not in ("image", "audio", "video"):
        return None
    if is_page(head):
        return "text/html"
    found = sniff(head)
    if found is None or found.partition("/")[0] == kind or (found in _CONTAINERS and kind != "image"):
        return None
    return found


def _is_mpeg_audio(head: bytes) -> bool:
    """Recognise a frame header of MPEG audio layer II or III (ISO 11172-3, 2.4.1.3).

    Layer I is left out, because no one sends it and a UTF-16 text begins like it; 0 is ADTS.
    """
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer in (1, 2) and head[2] >> 4 != 15 and head[2] >> 2 & 3 != 3


def by_name(filename: str) -> str | None:
    """Tell the media type from a file name's suffix, or None."""
    return _SUFFIXES.get("." + filename.rpartition(".")[2].lower())


def suffix(media_type: str) -> str:
    """Give the usual file name suffix of a media type, with its dot, or an empty string."""
    plain = essence(media_type)
    if plain in _SPELLINGS:
        return _SPELLINGS[plain]
    return next((end for end, known in _SUFFIXES.items() if known == plain), "")


def essence(content_type: str) -> str:
    """Give `type/subtype` in lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def parameter(content_type: str, name: str) -> str:
    """Give the value of a parameter, or an empty string."""
    for pair in content_type.split(";")[1:]:
        key, _, value = pair.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip('"')
    return ""


def charset(content_type: str) -> str:
    """Give the charset parameter, or utf-8."""
    return parameter(content_type, "charset") or "utf-8"


def is_json(media_type: str) -> bool:
    """Tell whether a plain media type is JSON (RFC 8259, or the `+json` of RFC 6839; also by an old name)."""
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def matches(media_type: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a plain media type is named by `patterns`, such as `image/*`.

    JSON and HTML are never meant by a wildcard: a portal's login page is not a picture.
    """
    if media_type in patterns:
        return True
    if not media_type or is_json(media_type) or media_type in ("text/html", "application/xhtml+xml"):
        return False
    return "*/*" in patterns or media_type.partition("/")[0] + "/*" in patterns
