"""Opens a saved page: a file of HTML, Markdown or plain text becomes parts in their order."""

import codecs
import email
import email.policy
import re
from collections.abc import Sequence
from pathlib import Path

from .errors import UnreadableError
from .html_reading import read_html
from .markdown_reading import read_markdown
from .parts import Part
from .text_reading import read_text

# Far above any page of documentation; a longer file is another one, given by mistake.
_MOST_BYTES = 20_000_000
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|h[1-6]|pre|div|p)\b[^>]*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*\||^(?:```|~~~)", re.MULTILINE)


def read_saved_page(path: Path) -> Sequence[Part]:
    """Return the parts of a saved page. Raises UnreadableError."""
    text = _read_file(path)
    if _HTML.search(text):
        return read_html(text)
    if _MARKDOWN.search(text):
        return read_markdown(text)
    return read_text(text)


def _read_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}; name a saved copy of the vendor's page") from error
    if len(data) > _MOST_BYTES:
        raise UnreadableError(
            f"{path}: is larger than {_MOST_BYTES} bytes; name a saved copy of the page alone"
        )
    text = _decode(path, _html_of_archive(data))
    if not text.strip():
        raise UnreadableError(f"{path}: is empty; save the page again")
    return text


def _html_of_archive(data: bytes) -> bytes:
    """Return the HTML in what Chromium saves as a single file (MHTML, RFC 2557), and other data as it is."""
    if b"multipart/related" not in data[:2000]:
        return data
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content
    return data


def _decode(path: Path, data: bytes) -> str:
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    declared = [name.decode("ascii") for name in _META_CHARSET.findall(data[:4096])[:1]]
    encoding = (marked or declared or ["utf-8"])[0]
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(f"{path}: is not {encoding} text; save the page as HTML or as text") from error
    if "\x00" in text:
        raise UnreadableError(f"{path}: is not text; save the page as HTML or as text")
    return text
