"""Random parameters of all places and styles, each with what a value looks like to who receives it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.generator.wire import Sent
from tests.specs.schemas import Json

NAMES = ("from", "class", "limit", "body", "self", "x-id", "Key", "url")
SAFE = st.text("abcXYZ019", min_size=1, max_size=5)  # holds no delimiter of any style
ANY = st.text(
    st.characters(min_codepoint=33, max_codepoint=1000, exclude_characters="\x7f"), min_size=1, max_size=6
)
TEXTS = st.dictionaries(SAFE, SAFE, min_size=1, max_size=2)
LIST = {"type": "array", "items": {"type": "string"}}
MAP = {"type": "object", "additionalProperties": {"type": "string"}}
Pairs = list[tuple[str, str]]


@frozen(eq=False)
class Style:
    """A way to write a parameter. `wire` gives what is to be found at its place for a name and a value."""

    place: str
    words: dict[str, Json]
    schema: Json
    values: SearchStrategy[Json]
    wire: Callable[[str, Any], Any]


@frozen(eq=False)
class Parameter:
    """A parameter with a name, and the values that it may have."""

    name: str
    style: Style
    required: bool

    @property
    def data(self) -> dict[str, Json]:
        """What the document says."""
        said = {"name": self.name, "in": self.style.place, "schema": self.style.schema, **self.style.words}
        return {**said, "required": True} if self.required else said


def plain(value: Any) -> str:
    """A scalar as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def flat(value: dict[str, str]) -> list[str]:
    """Names and values in turn."""
    return [text for pair in value.items() for text in pair]


def equal(value: dict[str, str]) -> list[str]:
    """Names and values by an equals sign."""
    return [f"{name}={text}" for name, text in value.items()]


STRINGS = st.lists(SAFE, min_size=1, max_size=3)
QUERY = (
    Style("query", {}, {"type": "string"}, ANY, lambda name, value: [(name, value)]),
    Style("query", {}, {"type": "integer"}, st.integers(-9, 9), lambda name, value: [(name, str(value))]),
    Style("query", {}, {"type": "boolean"}, st.booleans(), lambda name, value: [(name, plain(value))]),
    Style("query", {}, LIST, STRINGS, lambda name, value: [(name, one) for one in value]),
    Style("query", {"explode": False}, LIST, STRINGS, lambda name, value: [(name, ",".join(value))]),
    Style(
        "query",
        {"style": "pipeDelimited", "explode": False},
        LIST,
        STRINGS,
        lambda name, value: [(name, "|".join(value))],
    ),
    Style(
        "query",
        {"style": "spaceDelimited", "explode": False},
        LIST,
        STRINGS,
        lambda name, value: [(name, " ".join(value))],
    ),
    Style("query", {"explode": False}, MAP, TEXTS, lambda name, value: [(name, ",".join(flat(value)))]),
    Style(
        "query",
        {"style": "deepObject", "explode": True},
        MAP,
        TEXTS,
        lambda name, value: [(f"{name}[{key}]", text) for key, text in value.items()],
    ),
)
PATH = (
    Style("path", {}, {"type": "string"}, ANY, lambda _, value: value),
    Style("path", {}, {"type": "integer"}, st.integers(0, 9), lambda _, value: str(value)),
    Style("path", {}, LIST, STRINGS, lambda _, value: ",".join(value)),
    Style("path", {"explode": True}, MAP, TEXTS, lambda _, value: ",".join(equal(value))),
    Style("path", {"style": "label"}, LIST, STRINGS, lambda _, value: "." + ",".join(value)),
    Style("path", {"style": "matrix"}, LIST, STRINGS, lambda name, value: f";{name}=" + ",".join(value)),
    Style(
        "path",
        {"style": "matrix", "explode": True},
        LIST,
        STRINGS,
        lambda name, value: "".join(f";{name}={one}" for one in value),
    ),
)
HEADER = (
    Style("header", {}, {"type": "string"}, SAFE, lambda _, value: value),
    Style("header", {}, {"type": "boolean"}, st.booleans(), lambda _, value: plain(value)),
    Style("header", {}, LIST, STRINGS, lambda _, value: ",".join(value)),
)
COOKIE = (
    Style("cookie", {}, {"type": "string"}, SAFE, lambda name, value: f"{name}={value}"),
    Style("cookie", {}, {"type": "integer"}, st.integers(0, 9), lambda name, value: f"{name}={value}"),
)


@st.composite
def parameters(draw: st.DrawFn) -> list[Parameter]:
    """Parameters of one operation, without two of one name."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    styles = [draw(st.sampled_from(draw(st.sampled_from((QUERY, PATH, HEADER, COOKIE))))) for _ in names]
    return [
        Parameter(name, style, style.place == "path" or draw(st.booleans()))
        for name, style in zip(names, styles, strict=True)
    ]


def assert_sent(sent: Sent, path: list[str], given: dict[Parameter, Json]) -> None:
    """What was sent holds every parameter, in its place and style, and no other in path and query."""
    split = urlsplit(sent.url)
    query: Pairs = []
    segments = list(path)
    for one, value in given.items():
        wire = one.style.wire(one.name, value)
        match one.style.place:
            case "query":
                query += wire
            case "path":
                segments.append(wire)
            case "header":
                assert sent.headers[one.name] == wire
            case _:
                assert wire in sent.headers["cookie"].split("; ")
    found = parse_qsl(split.query, keep_blank_values=True)
    assert sorted(pair for pair in found if pair[0] != "api key") == sorted(query)
    assert [unquote(segment) for segment in split.path.split("/")[1:]] == segments
