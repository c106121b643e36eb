"""Reads YAML, and JSON as a part of it, with the line of every value, in one pass and within limits.

Scalars follow the core schema of YAML 1.2 (10.3), the version that OpenAPI asks for (3.1.0, 4.2): `no` and
`2026-01-01` are strings.

Repeated keys, tags and merge keys are errors, because readers differ on what they mean. The parser of libyaml
gives events. They are not composed to nodes first: nodes take more memory than the data, and a document of
thousands of open brackets crashes the interpreter.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from ..errors import GeneratorError
from .document import Document
from .json_data import Json, escape, is_list, is_object
from .json_reading import LinesOnDemand, read_json

# The largest document we know has 13 MB, about 500,000 values, and is nested 30 deep. An alias bomb, or
# brackets in brackets, exceed these limits at once.
MAX_BYTES: Final = 100_000_000
MAX_VALUES: Final = 2_000_000
MAX_DEPTH: Final = 100
# Plain scalars of the core schema (YAML 1.2.2, section 10.3.2). `.inf` and `.nan` stay strings: JSON has no
# such numbers (RFC 8259, section 6).
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS_AND_BOOLEANS = {"null": None, "Null": None, "NULL": None, "~": None, "": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
# Two escapes of JSON for one character; the backslashes before them are escaped themselves.
_SURROGATE_PAIR = re.compile(
    r"((?<!\\)(?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
_QUOTED_STYLES = ("'", '"', "|", ">")
_STRING_TAG = "tag:yaml.org,2002:str"
# Tags that change nothing: the value has that type without them.
_HARMLESS_TAGS = {None, "!", _STRING_TAG, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_TOO_DEEP = f"the document is nested more than {MAX_DEPTH} levels deep"
_TOO_DEEP_HINT = "move inner schemas to `components/schemas`, and refer to them with `$ref`"
# Longer keys and tags are cut in messages, so that a message stays readable.
_MAX_QUOTED = 80


def load_document(path: Path) -> Document:
    """Read the OpenAPI document in a file of YAML or JSON.

    Raises GeneratorError if the file cannot be read, exceeds a limit, or is not one YAML mapping.
    """
    text = _join_surrogates(_read_text(path))
    data = read_json(text, MAX_VALUES, MAX_DEPTH) if text.lstrip().startswith("{") else None
    if is_object(data):
        return Document(path, data, LinesOnDemand(lambda: _read_yaml(path, text).lines))
    return _read_yaml(path, text)


def _read_yaml(path: Path, text: str) -> Document:
    """Return the document in a text of YAML. Raises GeneratorError if it is faulty or exceeds a limit."""
    builder = _DocumentBuilder(path)
    try:
        for event in _parse_events(text):
            builder.add(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise GeneratorError(f"the file is not valid YAML: {error.problem}", where=path, line=line) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise GeneratorError(f"the file is not valid YAML: {reason}", where=path) from error
    if is_object(builder.data):
        return Document(path, builder.data, builder.lines)
    raise GeneratorError(
        "the file holds no OpenAPI document",
        where=path,
        hint="write a mapping that begins with `openapi: 3.1.0`",
    )


def parse_plain_scalar(text: str) -> Json:
    """Return the value of a scalar without quotes. Raises ValueError for an integer too long for Python."""
    if text in _NULLS_AND_BOOLEANS:
        return _NULLS_AND_BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _join_surrogates(text: str) -> str:
    """Return a text of JSON in which each pair of escapes is the character that it stands for.

    JSON writes a character beyond U+FFFF as two escapes (RFC 8259, section 7). YAML takes each of them for a
    character of its own, which no text may have.
    """
    if not text.lstrip().startswith("{"):
        return text  # in plain text of YAML a backslash is a backslash
    return _SURROGATE_PAIR.sub(lambda match: match[1] + json.loads(f'"{match[2]}"'), text)


def _parse_events(text: str) -> Iterator[yaml.Event]:
    # The wheel of PyYAML contains libyaml. A build from source may lack it; then the slow parser does the
    # same.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
    return events


def _read_text(path: Path) -> str:
    """Return the text of a file, without a byte order mark. Raises GeneratorError."""
    hint = "name an OpenAPI document with --spec"
    try:
        # Reading a pipe or a device might never end. A directory passes: `read_text` raises an error for it.
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise GeneratorError("is not a regular file", where=path, hint=hint)
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // 1_000_000
            problem = f"the file has {size:,} MB; the limit is {MAX_BYTES // 1_000_000} MB"
            raise GeneratorError(problem, where=path, hint="split the document")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GeneratorError(f"cannot be read: {error.strerror}", where=path, hint=hint) from error
    except UnicodeDecodeError as error:
        raise GeneratorError(
            f"the file is not UTF-8 (byte {error.start})", where=path, hint="save it as UTF-8"
        ) from error


class _OpenCollection:
    """A mapping or list that is being read: its pointer, its anchor, and the key that waits for its value."""

    def __init__(self, value: Json, pointer: str, anchor: str | None) -> None:
        self.value = value
        self.pointer = pointer
        self.anchor = anchor
        self.key: str | None = None


class _DocumentBuilder:
    """Builds data from events, and counts values and depth."""

    def __init__(self, path: Path) -> None:
        self.data: Json = None
        self.lines: dict[str, int] = {}
        self._path = path
        self._value_count = 0
        self._document_count = 0
        self._open_collections: list[_OpenCollection] = []
        self._anchors: dict[str, tuple[Json, str]] = {}  # by name: the value and its pointer

    def add(self, event: yaml.Event) -> None:
        """Add the next event. Raises GeneratorError if the document is faulty or exceeds a limit."""
        if isinstance(event, yaml.ScalarEvent):
            self._add_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open_collection(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            collection = self._open_collections.pop()
            if collection.anchor:
                self._anchors[collection.anchor] = collection.value, collection.pointer
        elif isinstance(event, yaml.AliasEvent):
            self._add_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document_count += 1
            if self._document_count > 1:
                problem = "the file holds a second document"
                raise self._error(event, problem, hint="keep one document, without `---` after it")

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        collection = self._open_collections[-1] if self._open_collections else None
        if collection is not None and collection.key is None and is_object(collection.value):
            self._add_key(collection, event)
            return
        self._check_tag(event)
        is_text = event.style in _QUOTED_STYLES or event.tag == _STRING_TAG
        value = str(event.value) if is_text else self._parse_plain(event)
        pointer = self._add_value(value, event)
        if event.anchor:
            self._anchors[event.anchor] = value, pointer

    def _parse_plain(self, event: yaml.ScalarEvent) -> Json:
        try:
            return parse_plain_scalar(str(event.value))
        except ValueError:  # Python reads no integer of more than 4300 digits
            problem = f"a number of {len(event.value):,} digits cannot be read"
            raise self._error(event, problem, hint="write it as a string") from None

    def _add_key(self, collection: _OpenCollection, event: yaml.ScalarEvent) -> None:
        key, pointer = str(event.value), f"{collection.pointer}/{escape(str(event.value))}"
        # The merge key was a type of YAML 1.1, and 1.2 dropped it.
        if key == "<<" and event.style not in ("'", '"'):
            raise self._error(event, "YAML 1.2 has no merge key `<<`", pointer, "write the properties out")
        if key in collection.value:
            problem = f"the key `{_shorten(key)}` is there twice"
            raise self._error(event, problem, pointer, "remove or rename one of them")
        self.lines[pointer] = _line(event)
        collection.key = key

    def _open_collection(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_tag(event)
        if len(self._open_collections) == MAX_DEPTH:
            raise self._error(event, _TOO_DEEP, hint=_TOO_DEEP_HINT)
        value: Json = {} if isinstance(event, yaml.MappingStartEvent) else []
        pointer = self._add_value(value, event)
        if event.anchor:
            # An anchor that is defined a second time has no value until the new one is complete.
            self._anchors.pop(event.anchor, None)
        self._open_collections.append(_OpenCollection(value, pointer, event.anchor))

    def _add_alias(self, event: yaml.AliasEvent) -> None:
        name, pointer = event.anchor, self._next_pointer(event)
        if any(collection.anchor == name for collection in self._open_collections):
            problem = f"the alias `*{name}` is inside its own anchor"
            raise self._error(event, problem, pointer, "write the value out, or use `$ref`")
        if name not in self._anchors:
            problem = f"the alias `*{name}` has no anchor `&{name}` above it"
            raise self._error(event, problem, pointer, f"add `&{name}` to the value that it repeats")
        value, anchor_pointer = self._anchors[name]
        self.lines.setdefault(pointer, _line(event))
        self._add_value(self._copy_anchored(value, anchor_pointer, pointer, event), event)

    def _copy_anchored(
        self, value: Json, anchor_pointer: str, pointer: str, event: yaml.Event, depth: int = 0
    ) -> Json:
        """Return a copy of an anchored value for an alias at `pointer`; its parts keep the anchor's lines."""
        if depth + len(self._open_collections) > MAX_DEPTH:
            raise self._error(event, _TOO_DEEP, hint=_TOO_DEEP_HINT)
        self._count_value(event)
        self.lines.setdefault(pointer, self.lines[anchor_pointer])

        def copy(item: Json, token: str) -> Json:
            return self._copy_anchored(
                item, f"{anchor_pointer}/{token}", f"{pointer}/{token}", event, depth + 1
            )

        if is_object(value):
            return {key: copy(item, escape(key)) for key, item in value.items()}
        if is_list(value):
            return [copy(item, str(index)) for index, item in enumerate(value)]
        return value

    def _add_value(self, value: Json, event: yaml.Event) -> str:
        """Add a value to the innermost open collection, and return the value's pointer."""
        self._count_value(event)
        pointer = self._next_pointer(event)
        self.lines.setdefault(pointer, _line(event))
        if not self._open_collections:
            self.data = value
            return pointer
        collection = self._open_collections[-1]
        if is_list(collection.value):
            collection.value.append(value)
        else:
            collection.value[collection.key] = value
            collection.key = None
        return pointer

    def _next_pointer(self, event: yaml.Event) -> str:
        """Return the pointer of the value that comes next."""
        if not self._open_collections:
            return ""
        collection = self._open_collections[-1]
        if is_list(collection.value):
            return f"{collection.pointer}/{len(collection.value)}"
        if collection.key is None:
            raise self._error(event, "a key is not a string", collection.pointer, "write a plain string")
        return f"{collection.pointer}/{escape(collection.key)}"

    def _count_value(self, event: yaml.Event) -> None:
        self._value_count += 1
        if self._value_count > MAX_VALUES:
            problem = f"the document holds more than {MAX_VALUES:,} values, those of aliases included"
            raise self._error(event, problem, hint="split the document")

    def _check_tag(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.tag not in _HARMLESS_TAGS:
            problem = f"the tag `{_shorten(str(event.tag))}` is not supported"
            hint = "remove the tag: nothing is included or converted"
            raise self._error(event, problem, self._next_pointer(event), hint)

    def _error(
        self, event: yaml.Event, problem: str, pointer: str | None = None, hint: str = ""
    ) -> GeneratorError:
        return GeneratorError(problem, where=self._path, line=_line(event), pointer=pointer, hint=hint)


def _line(event: yaml.Event) -> int:
    """Return the line on which an event begins; the first line is 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _shorten(text: str) -> str:
    return text if len(text) < _MAX_QUOTED else f"{text[:_MAX_QUOTED]} …"
