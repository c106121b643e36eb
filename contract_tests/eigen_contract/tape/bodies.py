"""Names the files of a tape's bodies. A name carries the hash of its content, so it never changes meaning.

That is what makes a tape safe to rewrite: new files never take the place of files that the manifest on disk
still names.
"""

import hashlib
import re
from pathlib import Path, PurePosixPath

from attrs import define, field

from eigen_contract.tape.damage import DamagedError

FOLDER = "bodies"
SUFFIXES = {
    "application/json": ".json",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/flac": ".flac",
    "audio/aac": ".aac",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
    "text/event-stream": ".sse",
}
DIGITS = 12
"""Hexadecimal digits of a SHA-256 in a name: damage is seen, and names can be read."""
NAME = re.compile(rf"[A-Za-z0-9-][A-Za-z0-9._-]*\.(?P<digest>[0-9a-f]{{{DIGITS}}})(\.[A-Za-z0-9]{{1,12}})?")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def body_name(label: str, data: bytes, suffix: str) -> str:
    """Name the file of a body by what it belongs to, its hash and its kind."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-")[:80] or "body"
    return f"{readable}.{digest(data)}{suffix if SUFFIX.fullmatch(suffix) else ''}"


@define
class BodyWriter:
    """Collects the files of a tape while its manifest is made."""

    files: dict[str, bytes] = field(factory=dict[str, bytes], repr=False)

    def add(self, label: str, data: bytes, media_type: str) -> str:
        """Take the body of a request or a response; return the name of its file."""
        return self._add(body_name(label, data, SUFFIXES.get(media_type, ".bin")), data)

    def add_upload(self, data: bytes, filename: str | None) -> str:
        """Take a file of a form; the same file in several forms lies on the tape once."""
        return self._add(body_name("sent", data, PurePosixPath(filename or "").suffix), data)

    def _add(self, name: str, data: bytes) -> str:
        self.files[name] = data
        return name


def read_body(folder: Path, name: str) -> bytes:
    """Read the file of a body, which lies in the tape's own folder and nowhere else.

    Raises:
        DamagedError: the name leads elsewhere, or the file is not what was recorded.
        OSError: there is no such file.
    """
    named = NAME.fullmatch(name)
    if named is None:
        raise DamagedError(f"{name!r} does not name a file in {FOLDER}/")
    path = folder / FOLDER / name
    data = path.read_bytes()
    if digest(data) != named["digest"]:
        raise DamagedError(f"{path} is not what was recorded")
    return data
