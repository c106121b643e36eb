"""Random documents: a few operations with parameters, a body, an answer and a key."""

import re
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from tests.specs.parameters import Parameter, parameters
from tests.specs.schemas import WORDS, Drawn, Json, below, components

SECURITY: dict[str, Json] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "x-key"},
    "query": {"type": "apiKey", "in": "query", "name": "api key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
}
# Of which one name is made in Python, as of `getAB` and `get-a-b`.
ROUTES = ("/a-b", "/a_b", "/aB", "/a b", "/a/b", "/A.B", "/größe", "/class", "")
IDS = ("get_a_b", "getAB", "get-a-b", "post a b", "postAB", "class", "1st", "größe", "+", "-")
METHODS = ("get", "post", "put", "patch", "delete")
EVENTS = "text/event-stream"
BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
FILE = st.binary(min_size=1, max_size=20)  # an empty file is refused
FORM = {
    "word": Drawn({"type": "string"}, WORDS.filter(lambda text: text.isprintable())),
    "count": Drawn({"type": "integer"}, st.integers(-9, 9)),
    "loud": Drawn({"type": "boolean"}, st.booleans()),
    "tags": Drawn(
        {"type": "array", "items": {"type": "string"}},
        st.lists(st.text("abc", min_size=1), min_size=1, max_size=3),
    ),
}


@frozen
class Content:
    """A media type with a schema."""

    media_type: str
    drawn: Drawn

    @property
    def data(self) -> dict[str, Json]:
        """What the document says."""
        return {self.media_type: {"schema": self.drawn.schema}}


@frozen
class Operation:
    """An operation of a random document."""

    route: str
    method: str
    id: str | None
    parameters: list[Parameter]
    body: Content | None
    answer: Content | None
    key: str | None

    @property
    def path(self) -> str:
        """Its path, with every path parameter."""
        places = [f"/{{{one.name}}}" for one in self.parameters if one.style.place == "path"]
        return f"{self.route}{''.join(places)}" or "/"

    @property
    def data(self) -> dict[str, Json]:
        """What the document says."""
        said: dict[str, Json] = {
            **({} if self.id is None else {"operationId": self.id}),
            "tags": ["random"],
            "parameters": [one.data for one in self.parameters],
            "responses": {"200": {"description": "Done.", "content": self.answer.data}}
            if self.answer
            else {"204": {"description": "Done."}},
        }
        if self.body:
            said["requestBody"] = {"required": True, "content": self.body.data}
        return said | ({"security": [{self.key: []}]} if self.key else {})


@frozen
class Random:
    """A random document."""

    named: dict[str, Drawn]
    operations: list[Operation]

    def data(self, title: str) -> dict[str, Json]:
        """The document."""
        return {
            "openapi": "3.1.0",
            "info": {"title": title, "version": "1"},
            "servers": [{"url": "https://random.example.com"}],
            "paths": {
                path: {one.method: one.data for one in self.operations if one.path == path}
                for path in dict.fromkeys(one.path for one in self.operations)
            },
            "components": {
                "schemas": {name: one.schema for name, one in self.named.items()},
                "securitySchemes": {one.key: SECURITY[one.key] for one in self.operations if one.key},
            },
        }


@st.composite
def forms(draw: st.DrawFn) -> Content:
    """A form; files are in one of the kind that can hold them."""
    media_type = draw(st.sampled_from(("application/x-www-form-urlencoded", "multipart/form-data")))
    names = draw(st.lists(st.sampled_from(sorted(FORM)), min_size=1, unique=True))
    members = {name: FORM[name] for name in names}
    if media_type == "multipart/form-data" and draw(st.booleans()):
        members["file"] = Drawn(BINARY, FILE)
        members["more"] = Drawn({"type": "array", "items": BINARY}, st.lists(FILE, min_size=1, max_size=3))
    schema = {
        "type": "object",
        "required": names,
        "properties": {name: one.schema for name, one in members.items()},
    }
    return Content(
        media_type, Drawn(schema, st.fixed_dictionaries({name: one.values for name, one in members.items()}))
    )


@st.composite
def documents(draw: st.DrawFn, most: int) -> Random:
    """A document of at most that many operations."""
    named: dict[str, Any] = draw(components())
    json = below(named).map(lambda one: Content("application/json", one))
    text = st.just(Content("text/plain", Drawn({"type": "string"}, WORDS)))
    events = st.sampled_from(sorted(named)).map(
        lambda name: Content(
            EVENTS,
            Drawn({"$ref": f"#/components/schemas/{name}"}, st.lists(named[name].values, max_size=3)),
        )
    )
    binary = st.just(Content("application/octet-stream", Drawn(BINARY, st.binary(max_size=20))))
    operations = [
        Operation(
            route,
            method,
            id_,
            draw(parameters()),
            draw(st.none() | json | forms()) if method in ("post", "put", "patch") else None,
            draw(st.none() | json | text | binary | events),
            draw(st.none() | st.sampled_from(sorted(SECURITY))),
        )
        for route, method, id_ in draw(names(most))
    ]
    # Paths whose parameters alone are called otherwise are one path twice, which OpenAPI forbids (4.8.8.2).
    shapes = {(one.method, re.sub(r"{.*?}", "{}", one.path)): one for one in operations}
    return Random(named, list(shapes.values()))


def names(most: int) -> st.SearchStrategy[list[tuple[str, str, str | None]]]:
    """Routes with a method and an operationId, no two of which are alike."""
    one = st.tuples(st.sampled_from(ROUTES), st.sampled_from(METHODS), st.none() | st.sampled_from(IDS))
    return st.lists(one, min_size=1, max_size=most, unique_by=(lambda it: it[:2], lambda it: it[2] or it[:2]))
