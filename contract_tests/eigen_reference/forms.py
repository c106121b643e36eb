"""Read multipart/form-data: split the body into parts, and give each the type that the contract declares."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from .contract import Member, RequestBody
from .engines.cancellation import current
from .engines.errors import WorkCancelledError
from .json_text import StrictJsonError, TooLargeJsonError, check_length, decode
from .problems import RequestError, escape, member_problem

MOST_PARTS = 1_000
STEP = 256 * 1024
"""Bytes that are parsed at a time; between two, a client that has left ends the work."""
JSON_TYPES: dict[str, tuple[type, ...]] = {
    "number": (int, float), "integer": (int, float), "boolean": (bool,), "object": (dict,), "array": (list,),
    "null": (type(None),),
}  # fmt: skip


@frozen
class Upload:
    """A part that came as a file."""

    filename: str
    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    media_type: str = ""


class Repeated(list[Any]):
    """The values of a member that came more than once, though the contract knows it as one."""

    def __repr__(self) -> str:
        return f"<{len(self)} values>"


class Garbled:
    """Stands for a text that is not UTF-8. It is of no JSON type."""


@frozen
class Part:
    """One part as it stood in the body. `filename` is None for a part that is text."""

    name: str
    filename: str | None
    content: bytes
    charset: str
    media_type: str


@frozen
class Form:
    """A form's members: `values` for the validator, where each file is an empty string, and the files."""

    values: dict[str, Any]
    files: dict[str, list[Upload]]


class PartCollector:
    """Collects what python-multipart calls back with."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = self._content = b""
        self._chunks: list[bytes] = []

    def parser(self, boundary: bytes) -> MultipartParser:
        """Return a parser that reports here."""
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._complete,
            },
        )

    def _begin(self) -> None:
        self._headers, self._chunks = {}, []

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.strip().lower()] = self._value
        self._name = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._chunks.append(data[start:end])

    def _end(self) -> None:
        if len(self.parts) == MOST_PARTS:
            raise RequestError(400, "invalid_form", f"the form has more than {MOST_PARTS} parts")
        self.parts.append(_part(self._headers, b"".join(self._chunks)))

    def _complete(self) -> None:
        self.complete = True


def _part(headers: Mapping[bytes, bytes], content: bytes) -> Part:
    kind, options = parse_options_header(headers.get(b"content-disposition", b""))
    if kind != b"form-data" or b"name" not in options:
        raise RequestError(400, "invalid_form", "a part lacks `Content-Disposition: form-data` with a name")
    media_type, type_options = parse_options_header(headers.get(b"content-type", b""))
    filename = options.get(b"filename")
    return Part(
        name=_name(options[b"name"]),
        filename=None if filename is None else filename.decode("utf-8", "replace"),
        content=content,
        charset=type_options.get(b"charset", b"utf-8").decode("ascii", "replace").lower(),
        media_type=media_type.decode("latin-1"),
    )


def _name(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "invalid_form", "the name of a part is not UTF-8") from error


def split(body: bytes, boundary: bytes) -> list[Part]:
    """Return the parts of a body, in order. Raises RequestError if it is malformed or cut short."""
    collector = PartCollector()
    try:
        parser = collector.parser(boundary)
        for start in range(0, len(body), STEP):
            if current().cancelled:
                raise WorkCancelledError
            parser.write(body[start : start + STEP])
    except FormParserError as error:
        raise RequestError(400, "invalid_form", f"the form is malformed: {error}") from error
    if not collector.complete:
        raise RequestError(400, "invalid_form", "the form ends before its closing boundary")
    return collector.parts


def read(body: bytes, boundary: bytes, declared: RequestBody) -> Form:
    """Return the members of a form, each read by its declared type and never by what it looks like.

    Raises RequestError, naming the member, for text in place of a file and a file in place of text. What else
    is wrong stays in the values, for the validator to refuse where the variant declares that member.
    """
    form = Form({}, {})
    for part in split(body, boundary):
        member = declared.members.get(part.name)
        if member is None:
            # What nobody knows yet is no fault. It is text, and nothing here could use it as anything else.
            form.values[part.name] = "" if part.filename else _text(part)
        elif member.is_list:
            form.values.setdefault(part.name, []).append(_value(form, part, member))
        elif part.name in form.values:
            _repeat(form.values, part.name, _value(form, part, member))
        else:
            form.values[part.name] = _value(form, part, member)
    return form


def _repeat(values: dict[str, Any], name: str, value: Any) -> None:
    """Add a further value, to a list without levels: hundreds of them would be too deep to be shown."""
    if not isinstance(values[name], Repeated):
        values[name] = Repeated([values[name]])
    values[name].append(value)


def _text(part: Part) -> str:
    """Return a text that is not known, for the validator alone. Raises RequestError if it is too long."""
    text = part.content.decode("utf-8", "replace")
    _check_length(part.name, text)
    return text


def _check_length(name: str, text: str) -> None:
    try:
        check_length(text)
    except TooLargeJsonError as error:
        raise RequestError(413, "too_long", f"{name}: {error}", name, f"/{escape(name)}") from error


def _value(form: Form, part: Part, member: Member) -> Any:
    if not member.is_file:
        return _scalar(part, member)
    if part.filename is None:
        raise member_problem(part.name, f"{part.name} must be a file: a part with a filename", "not_a_file")
    form.files.setdefault(part.name, []).append(Upload(part.filename, part.content, part.media_type))
    return ""


def _scalar(part: Part, member: Member) -> Any:
    if part.filename is not None:
        raise member_problem(part.name, f"{part.name} must be text, not a file", "not_text")
    try:
        text = part.content.decode("utf-8")
    except UnicodeDecodeError:
        return Garbled()
    _check_length(part.name, text)
    return typed(text, member) if part.charset in ("utf-8", "utf8", "us-ascii", "ascii") else Garbled()


def typed(text: str, member: Member) -> Any:
    """Return text as its declared type. What does not fit stays text, for the validator to refuse."""
    kinds = member.types - {"string"}
    if not kinds:
        return text
    try:
        value = decode(text)
    except StrictJsonError:
        return text
    fits = any(
        isinstance(value, JSON_TYPES[kind]) and isinstance(value, bool) == (kind == "boolean")
        for kind in kinds
    )
    return value if fits else text
