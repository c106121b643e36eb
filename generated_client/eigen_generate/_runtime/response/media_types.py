"""Media types: compare them, and find them from the first bytes of a file or its name."""

# In bytes: enough of a file to recognise every format below, and the start of a web page.
MAGIC_LENGTH = 64

OCTET_STREAM = "application/octet-stream"
EVENT_STREAM = "text/event-stream"
# Media types that say nothing about the content, "" for a response without Content-Type.
UNTYPED = ("", OCTET_STREAM, "binary/octet-stream")

# Signatures of the WHATWG MIME Sniffing standard, section 6; that of FLAC is in RFC 9639, section 6.
# https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
# Brands of ISO base media files (https://mp4ra.org/registered-types/brands).
# Any other brand is taken for video.
_ISO_BRANDS = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"qt  ": "video/quicktime",
}
# Formats that hold audio or video; their first bytes do not show which.
_CONTAINERS = frozenset({"video/mp4", "audio/mp4", "video/webm", "audio/ogg"})
# The form type at offset 8 of a RIFF file.
_RIFF_FORMS = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}

# The first suffix of a media type is the one that a file is saved with.
_TYPES_BY_SUFFIX = {
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
# Other names of media types, and types that no suffix above stands for.
_SUFFIXES_OF_ALIASES = {
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
    """Return the media type that the first bytes of a file show; None if they show none."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF":
        return _RIFF_FORMS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], "video/mp4")
    return "audio/mpeg" if _is_mpeg_audio(head) else None


def _is_mpeg_audio(head: bytes) -> bool:
    """Tell whether `head` begins with a frame header of MPEG audio layer II or III (ISO 11172-3, 2.4.1.3).

    Layer I (3) is left out, because it is not in use and a UTF-16 text begins like it. Layer 0 is ADTS.
    """
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # 11 bits that synchronise
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bit_rate, sampling_rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer in (1, 2) and bit_rate != 15 and sampling_rate != 3  # those are reserved


def is_html(head: bytes) -> bool:
    """Tell whether the first bytes are those of a web page."""
    return head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))


def contradicting_type(head: bytes, media_type: str) -> str | None:
    """Return the media type that the first bytes show, if it contradicts `media_type`; else None.

    Another format of the same kind does not contradict, such as JPEG for PNG. Audio or a web page in place of
    an image does.
    """
    kind = kind_of(media_type)
    if kind not in ("image", "audio", "video"):
        return None
    if is_html(head):
        return "text/html"
    sniffed = sniff(head)
    if sniffed is None or kind_of(sniffed) == kind or (sniffed in _CONTAINERS and kind != "image"):
        return None
    return sniffed


def kind_of(media_type: str) -> str:
    """Return the part before the slash, such as `image`."""
    return media_type.partition("/")[0]


def type_of_filename(filename: str) -> str | None:
    """Return the media type that the suffix of a file name stands for; None if it is not in the table."""
    return _TYPES_BY_SUFFIX.get("." + filename.rpartition(".")[2].lower())


def usual_suffix(media_type: str) -> str:
    """Return the usual suffix of a media type, such as `.png`; empty if it is not in the tables."""
    plain_type = essence(media_type)
    if plain_type in _SUFFIXES_OF_ALIASES:
        return _SUFFIXES_OF_ALIASES[plain_type]
    return next((suffix for suffix, candidate in _TYPES_BY_SUFFIX.items() if candidate == plain_type), "")


def essence(content_type: str) -> str:
    """Return `type/subtype` in lower case, without parameters: the essence of the WHATWG MIME standard."""
    return content_type.partition(";")[0].strip().lower()


def parameter(content_type: str, name: str) -> str:
    """Return the value of a parameter; empty if there is none. `name` is in lower case."""
    for pair in content_type.split(";")[1:]:
        key, _, value = pair.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip('"')
    return ""


def charset(content_type: str) -> str:
    """Return the charset parameter, or utf-8."""
    return parameter(content_type, "charset") or "utf-8"


def is_json(media_type: str) -> bool:
    """Tell whether a media type without parameters is JSON.

    It is by RFC 8259 or by the suffix of RFC 6839, and also by the older name `text/json`.
    """
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def matches(media_type: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a media type without parameters is among `patterns`, such as `image/*`.

    A wildcard never matches JSON or HTML: the login page of a network is not an image.
    """
    if media_type in patterns:
        return True
    if not media_type or is_json(media_type) or media_type in ("text/html", "application/xhtml+xml"):
        return False
    return "*/*" in patterns or kind_of(media_type) + "/*" in patterns
