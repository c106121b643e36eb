"""Media types: compare them, and find them from the first bytes of a file or its name."""

import mimetypes

# In bytes: enough of a file to recognise every format below, and the start of a web page.
MAGIC_LENGTH = 64

OCTET_STREAM = "application/octet-stream"
EVENT_STREAM = "text/event-stream"
# Media types that say nothing about the content, "" for a response without Content-Type.
UNTYPED = ("", OCTET_STREAM, "binary/octet-stream")

# Signatures of the WHATWG MIME Sniffing standard, section 6; those of FLAC, Opus and AMR are in RFC 9639,
# section 6, and RFC 4867, section 5. The GUID is that of Microsoft's ASF.
# https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "video/x-ms-asf"),
)
# Brands of ISO base media files (https://mp4ra.org/registered-types/brands).
# Any other brand is taken for video.
_ISO_BRANDS = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"M4P ": "audio/mp4",
    b"F4A ": "audio/mp4",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"qt  ": "video/quicktime",
}
# The types of one container, whose first bytes do not tell them apart: the suffix of the name does.
_CONTAINER_FAMILIES = (
    frozenset(
        {
            *("audio/mp4", "audio/3gpp", "audio/x-m4a"),
            *("video/mp4", "video/3gpp", "video/3gpp2", "video/quicktime", "video/x-m4v"),
        }
    ),
    frozenset({"audio/webm", "audio/x-matroska", "video/webm", "video/x-matroska"}),
    frozenset({"audio/ogg", "video/ogg"}),
    frozenset({"audio/x-ms-wma", "video/x-ms-wmv", "video/x-ms-asf"}),
    frozenset({"image/avif", "image/heic", "image/heif"}),
    frozenset({"audio/amr", "audio/amr-wb"}),
)
# Those that hold audio or video.
_CONTAINERS = frozenset[str]().union(*_CONTAINER_FAMILIES[:4])
# The form type at offset 8 of a RIFF file and of an IFF file.
_RIFF_FORMS = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}
_IFF_FORMS = {b"AIFF": "audio/aiff", b"AIFC": "audio/aiff"}
# The sizes of the headers that a BMP file may have, in bytes; "BM" alone is the beginning of words.
_BMP_HEADER_SIZES = frozenset({12, 40, 52, 56, 64, 108, 124})

# The first suffix of a media type is the one that a file is saved with.
_TYPES_BY_SUFFIX = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".tiff": "image/tiff",
    ".tif": "image/tiff",
    ".bmp": "image/bmp",
    ".dib": "image/bmp",
    ".mov": "video/quicktime",
    ".wav": "audio/wav",
    ".wave": "audio/wav",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".aac": "audio/aac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".aiff": "audio/aiff",
    ".aif": "audio/aiff",
    ".aifc": "audio/aiff",
    ".wma": "audio/x-ms-wma",
    ".amr": "audio/amr",
    ".awb": "audio/amr-wb",
    ".weba": "audio/webm",
    ".mka": "audio/x-matroska",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".3gp": "video/3gpp",
    ".3gpp": "video/3gpp",
    ".3g2": "video/3gpp2",
    ".ogv": "video/ogg",
    ".wmv": "video/x-ms-wmv",
    ".asf": "video/x-ms-asf",
    ".avi": "video/x-msvideo",
    ".json": "application/json",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".ttml": "application/ttml+xml",
}
# The types of compressed files, by the name that `mimetypes` has for the compression.
_TYPES_OF_ENCODINGS = {
    "gzip": "application/gzip",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
    "compress": "application/x-compress",
    "br": "application/x-brotli",
}
# Other names of media types, and types that no suffix above stands for.
_SUFFIXES_OF_ALIASES = {
    "image/jpg": ".jpg",
    "audio/x-wav": ".wav",
    "audio/wave": ".wav",
    "audio/vnd.wave": ".wav",
    "audio/mp3": ".mp3",
    "audio/opus": ".opus",
    "audio/x-aiff": ".aiff",
    "audio/x-flac": ".flac",
    "image/x-ms-bmp": ".bmp",
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
    if head[:4] == b"FORM":
        return _IFF_FORMS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _type_of_iso_file(head)
    if head[:4] == b"\x1aE\xdf\xa3":  # EBML, whose DocType names the container (RFC 8794, section 11.2.1)
        return "video/x-matroska" if b"matroska" in head else "video/webm"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "image/bmp"
    return "audio/mpeg" if _is_mpeg_audio(head) else None


def _type_of_iso_file(head: bytes) -> str:
    """Return the media type of an ISO base media file (ISO 14496-12, 4.3) by its brands."""
    brand = head[8:12]
    if brand in (b"mif1", b"msf1"):  # any picture: the compatible brands say which kind
        brands = head[16 : int.from_bytes(head[:4])]
        for compatible_brand in (brands[start : start + 4] for start in range(0, len(brands), 4)):
            if _ISO_BRANDS.get(compatible_brand) in ("image/avif", "image/heic"):
                return _ISO_BRANDS[compatible_brand]
    if brand[:2] == b"3g":  # 3GPP TS 26.244, section 5.3: 3gp4, 3gp5, 3ge6 and so on
        return "video/3gpp2" if brand[:3] == b"3g2" else "video/3gpp"
    return _ISO_BRANDS.get(brand, "video/mp4")


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
    """Return the media type that the suffix of a file name stands for; None if no table has it.

    Python's table fills in for what is not audio, video or a usual picture. It is the built-in one, because
    the tables of a machine depend on what is installed there.
    """
    _, dot, name_of_format = filename.rpartition(".")
    suffix = dot + name_of_format.lower()
    if suffix in _TYPES_BY_SUFFIX:
        return _TYPES_BY_SUFFIX[suffix]
    if not dot:
        return None
    media_type, encoding = mimetypes.MimeTypes().guess_type("x" + suffix)
    return _TYPES_OF_ENCODINGS.get(encoding) if encoding else media_type


def type_of_file(filename: str, head: bytes) -> str | None:
    """Return the media type of a file by its name and first bytes; None if neither shows one.

    The name comes first, because containers begin alike: a recorder's `.m4a` may begin like any MP4. But
    bytes that are surely of another format than the name says tell the truth, so a PNG that is called `.jpg`
    or `.wav` is `image/png`.
    """
    named_type, sniffed_type = type_of_filename(filename), sniff(head)
    if named_type is None or named_type in UNTYPED:
        return sniffed_type or named_type
    if sniffed_type is None or _may_be(named_type, sniffed_type, head):
        return named_type
    return sniffed_type


def _may_be(named_type: str, sniffed_type: str, head: bytes) -> bool:
    """Tell whether a file whose bytes show one type may be of the other, more precise one."""
    if head.startswith(b"ID3"):  # a tag, which may stand before audio of any format
        return kind_of(named_type) == "audio"
    return any({named_type, sniffed_type} <= family for family in _CONTAINER_FAMILIES)


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
