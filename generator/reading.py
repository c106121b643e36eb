"""Reads YAML, and JSON as a part of it, with the line of every value: in one pass, and within bounds.

Scalars are those of the core schema of YAML 1.2 (as OpenAPI asks: `no` and `2026-01-01` are strings). Keys
that stand twice, tags and merge keys are refused, since readers differ on what they mean. The parser of
libyaml gives events; they are not composed to nodes first, because that takes more memory than the data, and
breaks the interpreter on a document of nothing but brackets.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from .errors import GeneratorError
from .spec import Document, Json, escape, is_list, is_object

# A document of 13 MB, the largest that is known, holds some 500,000 values and nests them 30 deep; an alias
# bomb, or brackets in brackets, pass these at once.
MOST_BYTES: Final = 100_000_000
MOST_VALUES: Final = 2_000_000
DEEPEST: Final = 100
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"null": None, "Null": None, "NULL": None, "~": None, "": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_FLATTER = "give the inner schemas names in `components`"
_STRING = "tag:yaml.org,2002:str"
# Tags that say what is so without them, as others write them.
_TAGS = {None, "!", _STRING, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


def load(path: Path) -> Document:
    """Read `path`. Raises GeneratorError if it cannot be read, passes a bound, or is not one YAML mapping."""
    reader = _Reader(path)
    try:
        for event in _events(_text(path)):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise GeneratorError(f"is not YAML: {error.problem}", where=path, line=line) from error
    except yaml.YAMLError as error:
        raise GeneratorError(f"is not YAML: {' '.join(str(error).split())}", where=path) from error
    if is_object(reader.data):
        return Document(path, reader.data, reader.lines)
    raise GeneratorError(
        "holds no OpenAPI document", where=path, hint="it should be a mapping with `openapi: 3.1.0`"
    )


def _events(text: str) -> Iterator[yaml.Event]:
    found: Iterator[yaml.Event] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def _text(path: Path) -> str:
    hint = "name an OpenAPI document with --spec"
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise GeneratorError("is no regular file", where=path, hint=hint)
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size // 1_000_000
            what = f"holds {size:,} MB, and more than {MOST_BYTES // 1_000_000} are not read"
            raise GeneratorError(what, where=path, hint="split the document")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GeneratorError(f"cannot be read: {error.strerror}", where=path, hint=hint) from error
    except UnicodeDecodeError as error:
        raise GeneratorError(
            f"is not UTF-8 (byte {error.start})", where=path, hint="save it as UTF-8"
        ) from error


class _Frame:
    """A mapping or list that is being read: where it stands, and the key that waits for its value."""

    def __init__(self, value: Json, pointer: str, anchor: str | None) -> None:
        self.value = value
        self.pointer = pointer
        self.anchor = anchor
        self.key: str | None = None


class _Reader:
    """Turns events into data, counting values and depth."""

    def __init__(self, path: Path) -> None:
        self.data: Json = None
        self.lines: dict[str, int] = {}
        self._path = path
        self._values = 0
        self._documents = 0
        self._open: list[_Frame] = []
        self._anchors: dict[str, tuple[Json, str]] = {}

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            frame = self._open.pop()
            if frame.anchor:
                self._anchors[frame.anchor] = frame.value, frame.pointer
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._error(event, "holds a second document", hint="keep one, without `---` after it")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.key is None and is_object(frame.value):
            self._key(frame, event)
            return
        self._untagged(event)
        text = str(event.value)
        value = text if event.style in ("'", '"', "|", ">") or event.tag == _STRING else self._plain(event)
        pointer = self._put(value, event)
        if event.anchor:
            self._anchors[event.anchor] = value, pointer

    def _plain(self, event: yaml.ScalarEvent) -> Json:
        try:
            return plain(str(event.value))
        except ValueError:  # Python reads no integer of more than 4300 digits
            what = f"a number of {len(event.value):,} digits cannot be read"
            raise self._error(event, what, hint="write it as a string") from None

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        key, child = str(event.value), f"{frame.pointer}/{escape(str(event.value))}"
        if key == "<<" and event.style not in ("'", '"'):
            raise self._error(event, "`<<` is no word of YAML 1.2", child, "write the members out")
        if key in frame.value:
            raise self._error(event, f"the key `{_short(key)}` stands twice", child, "leave one out")
        self.lines[child] = _line(event)
        frame.key = key

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._untagged(event)
        if len(self._open) == DEEPEST:
            raise self._error(event, f"is nested more than {DEEPEST} deep", hint=_FLATTER)
        value: Json = {} if isinstance(event, yaml.MappingStartEvent) else []
        pointer = self._put(value, event)
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        self._open.append(_Frame(value, pointer, event.anchor))

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor
        if any(frame.anchor == name for frame in self._open):
            raise self._error(event, "an alias contains itself", self._next(event), "write it out")
        if name not in self._anchors:
            raise self._error(
                event, f"the alias `*{name}` has no anchor `&{name}` above it", self._next(event)
            )
        value, source = self._anchors[name]
        target = self._next(event)
        self.lines.setdefault(target, _line(event))
        self._put(self._copy(value, source, target, event), event)

    def _copy(self, value: Json, source: str, target: str, event: yaml.Event, depth: int = 0) -> Json:
        """What an alias stands for, with the lines of its anchor."""
        if depth + len(self._open) > DEEPEST:
            raise self._error(event, f"is nested more than {DEEPEST} deep", hint=_FLATTER)
        self._count(event)
        self.lines.setdefault(target, self.lines[source])
        if is_object(value):
            return {
                key: self._copy(item, f"{source}/{escape(key)}", f"{target}/{escape(key)}", event, depth + 1)
                for key, item in value.items()
            }
        if is_list(value):
            return [
                self._copy(item, f"{source}/{index}", f"{target}/{index}", event, depth + 1)
                for index, item in enumerate(value)
            ]
        return value

    def _put(self, value: Json, event: yaml.Event) -> str:
        """Put a value where the next one goes; gives its pointer."""
        self._count(event)
        pointer = self._next(event)
        self.lines.setdefault(pointer, _line(event))
        if not self._open:
            self.data = value
            return pointer
        frame = self._open[-1]
        if is_list(frame.value):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None
        return pointer

    def _next(self, event: yaml.Event) -> str:
        """The pointer of the next value."""
        if not self._open:
            return ""
        frame = self._open[-1]
        if is_list(frame.value):
            return f"{frame.pointer}/{len(frame.value)}"
        if frame.key is None:
            raise self._error(event, "a key is not a string", frame.pointer, "write a plain string")
        return f"{frame.pointer}/{escape(frame.key)}"

    def _count(self, event: yaml.Event) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            what = f"holds more than {MOST_VALUES:,} values, those of aliases included"
            raise self._error(event, what, hint="split the document")

    def _untagged(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.tag not in _TAGS:
            what = f"the tag `{_short(str(event.tag))}` means nothing here"
            raise self._error(event, what, self._next(event), "leave it out: nothing is fetched or converted")

    def _error(
        self, event: yaml.Event, what: str, pointer: str | None = None, hint: str = ""
    ) -> GeneratorError:
        return GeneratorError(what, where=self._path, line=_line(event), pointer=pointer, hint=hint)


def plain(text: str) -> Json:
    """The value of a scalar without quotes. Raises ValueError for an integer too long for Python."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _short(text: str) -> str:
    return text if len(text) < 80 else f"{text[:80]} …"
