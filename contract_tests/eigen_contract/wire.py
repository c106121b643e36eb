"""Parses the bytes of a request body: strict JSON, and multipart by the `multipart` package.

A part is read by the type that the spec declares for its name, never by what its text looks like: a prompt
`15` stays a text, a `seed` of `15` is a number. A part whose text is no value of the declared type stays a
text, so that the schema refuses it. Scalars in a part are written as in JSON (`true`, `15`, `{"top_k":
40}`).
"""

import json
import re
from collections.abc import Mapping, Sequence
from email.message import Message
from io import BytesIO
from typing import Any

from attrs import field, frozen

import multipart
from eigen_contract.exchange import Request
from eigen_contract.shapes import items, members
from eigen_contract.spec import Body, Contract, Document

JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
DOCUMENTS = {"{": "object", "[": "array"}
DEEPEST = 100
"""Nesting beyond which a JSON document is beyond what servers can be expected to read."""


class WireError(ValueError):
    """The bytes are not what their content type says. The message says where they break."""


@frozen
class Part:
    """One part of a form."""

    name: str
    filename: str | None
    media_type: str | None
    data: bytes = field(repr=False)

    @property
    def is_file(self) -> bool:
        return self.filename is not None


@frozen
class Wire:
    """A body that was read: the instance to validate, its files by field, and what is doubtful about it.

    `doubts` are forms that no rule settles (a duplicate member, a scalar with a filename): a server may take
    them or refuse them.
    """

    media_type: str
    instance: Any
    files: Mapping[str, tuple[Part, ...]] = field(factory=dict[str, tuple[Part, ...]])
    doubts: tuple[str, ...] = ()


def read(request: Request, body: Body, contract: Contract) -> Wire:
    """Read a request's body as the spec declares it.

    Raises:
        WireError: the bytes are no JSON, or no form.
    """
    if body.media_type == "multipart/form-data":
        return read_form(parse_form(request), body, contract)
    return read_json(request.body)


def read_json(data: bytes) -> Wire:
    """Read strict JSON (RFC 8259): UTF-8, no NaN, no Infinity. Duplicate members are a doubt."""
    doubts: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            doubts.append("a property is given twice")
        return members

    if data.startswith(b"\xef\xbb\xbf"):
        doubts.append("a byte order mark")
        data = data[3:]
    try:
        value = json.loads(data.decode(), object_pairs_hook=collect, parse_constant=refuse_constant)
    except RecursionError:
        return Wire("application/json", None, doubts=("nested too deeply to read",))
    except ValueError as error:
        raise WireError(f"the body is not JSON: {error}") from error
    return Wire("application/json", value, doubts=(*doubts, *oddities(value)))


def refuse_constant(name: str) -> Any:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(f"{name} is not a JSON value")


def oddities(value: Any, depth: int = 0) -> list[str]:
    """List what is JSON and yet beyond what implementations agree on (RFC 8259, sections 6, 8.2 and 9)."""
    if depth > DEEPEST:
        return ["nested deeply"]
    if isinstance(value, str):
        return ["a lone surrogate"] if any("\ud800" <= letter <= "\udfff" for letter in value) else []
    if isinstance(value, float):
        return ["a number beyond a double"] if value in (float("inf"), float("-inf")) else []
    if isinstance(value, int):
        return ["a number beyond a double"] if abs(value) > 2**1023 else []
    nested = [*members(value), *members(value).values(), *items(value)]
    return [oddity for item in nested for oddity in oddities(item, depth + 1)]


def parse_form(request: Request) -> list[Part]:
    """Take a form apart.

    Raises:
        WireError: there is no boundary, or the bytes are no form.
    """
    boundary = boundary_of(request.header("content-type") or "")
    size = len(request.body)
    # All in memory: the body is there already, and a part that goes to disk leaves an open file behind.
    parser = multipart.MultipartParser(
        BytesIO(request.body), boundary, size, header_limit=32, spool_limit=size + 1, memory_limit=size + 1
    )
    try:
        return [Part(item.name, item.filename, declared_type(item), item.raw) for item in parser.parts()]
    except (multipart.MultipartError, UnicodeDecodeError) as error:
        raise WireError(f"the body is not a multipart form: {error}") from error


def declared_type(item: multipart.MultipartPart) -> str | None:
    return str(item.headers["Content-Type"]) if "Content-Type" in item.headers else None


def boundary_of(content_type: str) -> str:
    """Return the boundary that a content type names.

    Raises:
        WireError: it names none.
    """
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise WireError("the content type of the form names no boundary")
    return boundary


def read_form(parts: Sequence[Part], body: Body, contract: Contract) -> Wire:
    """Read parts into one instance; a file stands in it as the empty text, and whole in `files`."""
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.name, []).append(part)
    instance: dict[str, Any] = {}
    files: dict[str, tuple[Part, ...]] = {}
    doubts: list[str] = []
    for name, group in grouped.items():
        schemas = [contract.follow(schema)[0] for schema in body.declared.get(name, ())]
        instance[name] = read_group(group, schemas, contract)
        doubts += doubts_of(name, group, schemas)
        if any(part.is_file for part in group):
            files[name] = tuple(group)
    return Wire(body.media_type, instance, files, tuple(doubts))


def read_group(group: Sequence[Part], schemas: Sequence[Document], contract: Contract) -> Any:
    """Read all parts of one name: one value, or a list where the spec says array or the name is repeated."""
    arrays = [schema for schema in schemas if "array" in kinds_of(schema, contract)]
    if arrays:
        items = [contract.follow(schema.get("items", {}))[0] for schema in arrays]
        return [read_part(part, items, contract) for part in group]
    values = [read_part(part, schemas, contract) for part in group]
    return values[0] if len(values) == 1 else values


def read_part(part: Part, schemas: Sequence[Document], contract: Contract) -> Any:
    """Read one part by its declared type. Bytes that are no UTF-8 become a null, which no text is."""
    if any(is_binary(schema) for schema in schemas):
        return ""
    try:
        text = part.data.decode()
    except UnicodeDecodeError:
        return "" if part.is_file else None
    kinds = {kind for schema in schemas for kind in kinds_of(schema, contract)}
    return read_text(text, kinds)


def read_text(text: str, kinds: set[str]) -> Any:
    """Read a text as the first of the kinds that it is a value of; as a text if none fits."""
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if kinds & {"number", "integer"} and JSON_NUMBER.match(text):
        return json.loads(text)
    if DOCUMENTS.get(text[:1]) in kinds:
        try:
            return read_json(text.encode()).instance
        except ValueError:
            return text
    return text


def doubts_of(name: str, group: Sequence[Part], schemas: Sequence[Document]) -> list[str]:
    """List what no rule settles about the parts of one name."""
    doubts: list[str] = []
    takes_files = any(is_binary(schema) or is_binary(schema.get("items", {})) for schema in schemas)
    if takes_files and not all(part.filename for part in group):
        doubts.append(f"{name} is a file part without a filename")
    if not takes_files and any(part.is_file for part in group):
        doubts.append(f"{name} is a text part with a filename")
    if not name:
        doubts.append("a part has no name")
    return doubts


def is_binary(schema: Document) -> bool:
    """Say whether a schema declares raw bytes, in the way of OpenAPI 3.1 or of 3.0."""
    return schema.get("format") == "binary" or (
        "contentMediaType" in schema and "contentEncoding" not in schema and "contentSchema" not in schema
    )


def kinds_of(schema: Document, contract: Contract) -> set[str]:
    """Return the JSON types that a schema admits, through `oneOf`, `anyOf` and references."""
    node, _ = contract.follow(schema)
    declared = node.get("type", [])
    kinds = {declared} if isinstance(declared, str) else set(declared)
    for key in ("oneOf", "anyOf", "allOf"):
        for choice in node.get(key, ()):
            kinds |= kinds_of(choice, contract)
    return kinds
