from collections.abc import Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar

R_co = TypeVar("R_co", covariant=True)

Location = Literal["path", "query", "header", "cookie"]


class SecurityScheme(NamedTuple):
    kind: Literal["bearer", "basic", "apiKey"]
    location: Literal["header", "query", "cookie"] = "header"
    name: str = "Authorization"


class Parameter(NamedTuple):
    name: str
    location: Location
    style: str = "form"
    explode: bool = True
    key: str = ""


class PartEncoding(NamedTuple):
    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Body(NamedTuple):
    media_type: str
    lacks: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    encoding: Mapping[str, PartEncoding] = {}
    whole: bool = False


class Operation(NamedTuple):
    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    accept: str = "*/*"
    response_headers: tuple[str, ...] = ()
    server: str = ""


class Member(NamedTuple):
    pointer: str
    type: Literal["string", "number", "boolean"]


class MediaReading(NamedTuple, Generic[R_co]):
    result: type[R_co]
    media_types: tuple[str, ...] = ("*/*",)
    base64: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class TextReading(NamedTuple, Generic[R_co]):
    result: type[R_co]
    media_types: tuple[str, ...] = ("text/plain",)
    text: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class RecordReading(NamedTuple, Generic[R_co]):
    result: type[R_co]
    required: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class JobReading(NamedTuple, Generic[R_co]):
    result: type[R_co]
    id: str
    keep: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class Event(NamedTuple):
    types: tuple[str, ...]
    pointers: tuple[str, ...] = ()


class StreamReading(NamedTuple, Generic[R_co]):
    result: type[R_co]
    asynchronous: type[Any]
    type: tuple[str, ...]
    chunk: Event
    end: Event
    error: Event
    format: Event | None = None
    sample_rate: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()


Reading = (
    MediaReading[R_co] | TextReading[R_co] | RecordReading[R_co] | JobReading[R_co] | StreamReading[R_co]
)


class Need(NamedTuple):
    choices: tuple[tuple[str, ...], ...]
    required: bool = True
    exclusive: bool = False


class Call(NamedTuple, Generic[R_co]):
    operation: Operation
    bodies: tuple[Body, ...] = ()
    readings: tuple[Reading[R_co], ...] = ()
    timeout: float = 60.0
    needs: tuple[Need, ...] = ()
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or self.operation.id


class Wait(NamedTuple, Generic[R_co]):
    status: Call[Any]
    result: Call[R_co]
    parameters: Mapping[str, str]
    state: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    message: str
    interval: float = 2.0
    timeout: float = 600.0


class Settings(NamedTuple):
    package: str
    version: str
    servers: tuple[str, ...]
    key_variable: str
    base_url_variable: str
