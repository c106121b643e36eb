from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, Self, TypeVar, dataclass_transform

Members = Mapping[str, object]

R_co = TypeVar("R_co", covariant=True)


@dataclass_transform(frozen_default=True)
class Plan:
    def __init__(self, *values: object, **named: object) -> None:
        if values:
            named.update(zip(type(self).__annotations__, values, strict=False))
        self.__dict__ = named

    def but(self, **named: object) -> Self:
        return type(self)(**{**self.__dict__, **named})

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in type(self).__annotations__)
        return f"{type(self).__name__}({', '.join(values)})"


class SecurityScheme(Plan):
    kind: Literal["bearer", "basic", "apiKey"]
    location: Literal["header", "query", "cookie"] = "header"
    name: str = "Authorization"


class Parameter(Plan):
    name: str
    put: Callable[[Any, Parameter, object], None]
    style: str = "form"
    explode: bool = True
    key: str = ""
    required: bool = False


class PartEncoding(Plan):
    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Body(Plan):
    media_type: str
    lacks: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    encoding: Mapping[str, PartEncoding] = {}
    whole: bool = False


class Operation(Plan):
    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    accept: str = "*/*"
    response_headers: tuple[str, ...] = ()
    server: str = ""


class Member(Plan):
    pointer: str
    type: Literal["string", "number", "boolean"]


class MediaReading(Plan, Generic[R_co]):
    result: type[R_co]
    media_types: tuple[str, ...] = ("*/*",)
    base64: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class TextReading(Plan, Generic[R_co]):
    result: type[R_co]
    media_types: tuple[str, ...] = ("text/plain",)
    text: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class RecordReading(Plan, Generic[R_co]):
    result: type[R_co]
    required: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class JobReading(Plan, Generic[R_co]):
    result: type[R_co]
    id: str
    keep: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class Event(Plan):
    types: tuple[str, ...]
    pointers: tuple[str, ...] = ()


class StreamReading(Plan, Generic[R_co]):
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


class Need(Plan):
    choices: tuple[tuple[str, ...], ...]
    required: bool = True
    exclusive: bool = False


class Call(Plan, Generic[R_co]):
    operation: Operation
    bodies: tuple[Body, ...] = ()
    readings: tuple[Reading[R_co], ...] = ()
    timeout: float = 60.0
    needs: tuple[Need, ...] = ()
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or self.operation.id


class Wait(Plan, Generic[R_co]):
    status: Call[Any]
    result: Call[R_co]
    parameters: Mapping[str, str]
    state: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    message: str
    interval: float = 2.0
    timeout: float = 600.0


class Settings(Plan):
    package: str
    version: str
    servers: tuple[str, ...]
    key_variable: str
    base_url_variable: str
