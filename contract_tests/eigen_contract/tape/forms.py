"""Takes forms apart for a tape, and puts them together again, byte for byte.

A form stands in the manifest by its parts, so that a reviewer reads what was sent and each file opens by
itself. What this package composed needs no more than names and values. A form that someone else wrote keeps
its boundary and the heads of its parts as well.
"""

from attrs import frozen

from eigen_contract.compose import FORM, Upload, form_body, part_of
from eigen_contract.exchange import Request
from eigen_contract.wire import Part, WireError, boundary_of, parse_form

GAP = b"\r\n\r\n"


@frozen
class FormPart:
    """One part of a recorded form."""

    part: Part
    head: str | None = None
    """The header lines as they were sent; None where they are what `part_of` writes."""

    def encoded(self) -> bytes:
        """Return the part as it was sent, without its boundary."""
        head = composed_head(self.part) if self.head is None else self.head.encode()
        return head + GAP + self.part.data


def composed_head(part: Part) -> bytes:
    """Return the header lines that `part_of` writes for a part."""
    if part.filename is None:
        return part_of(part.name, "").removesuffix(GAP)
    upload = Upload(part.filename, part.media_type or "application/octet-stream", b"")
    return part_of(part.name, upload).removesuffix(GAP)


def parts_of(request: Request) -> list[Part] | None:
    """Return the parts of a form; None if the body is no form, or does not parse."""
    if request.media_type != FORM:
        return None
    try:
        return parse_form(request)
    except WireError:
        return None


def form_parts(request: Request) -> list[FormPart] | None:
    """Return parts from which exactly this body can be put together; None if it cannot be."""
    parts = parts_of(request)
    if parts is None:
        return None
    boundary = boundary_of(request.header("content-type") or "")
    pieces = request.body.split(f"--{boundary}".encode())[1:-1]
    if len(pieces) != len(parts):
        return None
    try:
        listed = [form_part(part, piece) for part, piece in zip(parts, pieces, strict=True)]
    except UnicodeDecodeError:
        return None
    rebuilt = form_body([part.encoded() for part in listed], boundary)[1]
    return listed if rebuilt == request.body else None


def form_part(part: Part, piece: bytes) -> FormPart:
    head = piece.removeprefix(b"\r\n").partition(GAP)[0]
    if head == composed_head(part):
        return FormPart(part)
    return FormPart(part, head.decode())
