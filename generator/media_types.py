"""Media types, as far as the factory must tell them apart."""

JSON = "application/json"
WEB_FORM = "application/x-www-form-urlencoded"
MULTIPART_FORM = "multipart/form-data"


def essence(media_type: str) -> str:
    """Return `type/subtype` of a media type in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type holds JSON: by RFC 8259, by its older name, or by its suffix (RFC 6839)."""
    plain = essence(media_type)
    return plain in ("application/json", "text/json") or plain.endswith("+json")


def is_events(media_type: str) -> bool:
    """Whether a media type is a stream of server-sent events (WHATWG HTML, 9.2)."""
    return essence(media_type) == "text/event-stream"


def is_text(media_type: str) -> bool:
    """Whether a media type is text of any kind."""
    return essence(media_type).startswith("text/")


def is_form(media_type: str) -> bool:
    """Whether a media type is a form: URL-encoded or multipart."""
    return essence(media_type) in (WEB_FORM, MULTIPART_FORM)


def admits_json(media_type: str) -> bool:
    """Whether a media type is a range that JSON is a part of (RFC 9110, section 12.5.1)."""
    return essence(media_type) in ("*/*", "application/*")
