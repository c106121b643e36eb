"""A call as data: the vocabulary between generated code and this runtime.

Generated modules hold constants of these types and nothing clever; the runtime knows how to carry them
out and no field of any particular API. Everything here is immutable and safe to share across threads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, Self, TypeVar, dataclass_transform

# The members of a JSON object, of a form, of a call.
Members = Mapping[str, object]
Names = tuple[str, ...]

R_co = TypeVar("R_co", covariant=True)


@dataclass_transform(frozen_default=True)
class Plan:
    """Values under the names that its class declares, in that order; nothing changes them.

    A NamedTuple says the same and takes ten times as long to declare, which every first call would pay. It
    is made faster, so what each call makes is one.
    """

    def __init__(self, *values: object, **named: object) -> None:
        if values:
            named.update(zip(type(self).__annotations__, values, strict=False))
        self.__dict__ = named  # as it is: calls make several

    def but(self, **named: object) -> Self:
        """A copy but for these values."""
        return type(self)(**{**self.__dict__, **named})

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in type(self).__annotations__)
        return f"{type(self).__name__}({', '.join(values)})"


class SecurityScheme(Plan):
    """One way to present the caller's key.

    `kind` is `bearer` (Authorization: Bearer KEY), `basic` (KEY is `user:password`) or `apiKey`, sent
    under `name`: in a header, unless `put`, of `keys`, puts it elsewhere.
    """

    kind: Literal["bearer", "basic", "apiKey"]
    name: str = "Authorization"
    put: Callable[[Any, str, str], Any] | None = None


class Parameter(Plan):
    """A parameter, and what puts it into a request: `in_query` and its kin, of `parameters`.

    Styles are as in OpenAPI 3.1, section 4.8.12. `key` is what calls name it by, if that is not its name: two
    places may have parameters of one name.
    """

    name: str
    put: Callable[[Any, Parameter, object], None]
    style: str = "form"
    explode: bool = True
    key: str = ""
    required: bool = False


class PartEncoding(Plan):
    """What the contract fixes about one part of a form (OpenAPI `encoding`)."""

    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Body(Plan):
    """One way to send a request body.

    `files` are its top-level members that are binary, `several` those of them that are lists, `nullable`
    those for which JSON null is a value of its own, and `lacks` those that only the call's other bodies may
    hold. JSON or a form that may be `whole` is no object, but one value, like a list: calls name it `body`.
    `encode` makes the bytes of what is neither JSON nor multipart; see `encodings`.
    """

    media_type: str
    lacks: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    encoding: Mapping[str, PartEncoding] = {}
    whole: bool = False
    encode: Callable[[Body, dict[str, object]], Any] | None = None


class Operation(Plan):
    """One HTTP operation of the contract. `path` may hold `{name}` for path parameters.

    `response_headers` are the lower-case names of those that a success is said to have. `server` is where the
    contract has this operation, if not where all are: a path on the same host, or another URL.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    accept: str = "*/*"
    response_headers: Names = ()
    server: str = ""

    @property
    def route(self) -> str:
        """Method and path, as errors name it."""
        return f"{self.method} {self.path}"


class Member(Plan):
    """A member that a JSON answer is said to have, besides the result itself: where, and of which type."""

    pointer: str
    type: Literal["string", "number", "boolean"]


class MediaReading(Plan, Generic[R_co]):
    """Read a success as bytes: the body itself, or base64 at one of the JSON pointers `base64`."""

    result: type[R_co]
    media_types: Names = ("*/*",)
    base64: Names = ()
    members: tuple[Member, ...] = ()


class TextReading(Plan, Generic[R_co]):
    """Read a success as text: the body itself, or the string at one of the JSON pointers `text`."""

    result: type[R_co]
    media_types: Names = ("text/plain",)
    text: Names = ()
    members: tuple[Member, ...] = ()


class RecordReading(Plan, Generic[R_co]):
    """Read a success as a JSON object in which every pointer of `required` must hold a value."""

    result: type[R_co]
    required: Names = ()
    members: tuple[Member, ...] = ()


class JobReading(Plan, Generic[R_co]):
    """Read a success as a job under way, its id at the JSON pointer `id`.

    `keep` names request fields that are needed again to ask for the job's state.
    """

    result: type[R_co]
    id: str
    keep: Names = ()
    members: tuple[Member, ...] = ()


class Event(Plan):
    """Where one kind of stream event keeps its payload; pointers are tried in order."""

    types: Names
    pointers: Names = ()


class StreamReading(Plan, Generic[R_co]):
    """Read a success as server-sent events whose JSON data holds base64 chunks.

    `asynchronous` is the result under asyncio.
    `type` are the pointers at which an event's type may stand. `chunk` says which events carry a
    chunk and where; `format` which event describes the audio, with pointers to sample rate and
    channels; `end` which events end the stream; `error` which report a failure, and where its message is.
    A body whose media type matches `media_types` is passed on as chunks of raw bytes instead.
    """

    result: type[R_co]
    asynchronous: type[Any]
    type: Names
    chunk: Event
    end: Event
    error: Event
    format: Event | None = None
    sample_rate: Names = ()
    channels: Names = ()
    media_types: Names = ()


Reading = (
    MediaReading[R_co] | TextReading[R_co] | RecordReading[R_co] | JobReading[R_co] | StreamReading[R_co]
)


class Need(Plan):
    """Arguments, or several that go together, of which one must be given; no two if `exclusive`."""

    choices: tuple[Names, ...]
    required: bool = True
    exclusive: bool = False


class Call(Plan, Generic[R_co]):
    """A method of the SDK: an operation, its bodies in order of preference, and how to read success.

    `timeout` is the default read timeout in seconds. `required` arguments and `needs` are checked before
    anything is sent. `name` is what callers write, such as `things.make`; empty if there is no method.
    """

    operation: Operation
    bodies: tuple[Body, ...] = ()
    readings: tuple[Reading[R_co], ...] = ()
    timeout: float = 60.0
    needs: tuple[Need, ...] = ()
    name: str = ""
    required: Names = ()

    @property
    def title(self) -> str:
        """What errors call it."""
        return self.name or self.operation.id


class Wait(Plan, Generic[R_co]):
    """How to wait for a job: ask `status` until it is done, then call `result`.

    `parameters` maps each parameter of both calls to `id` or to a kept request field. `state` and
    `message` are JSON pointers into the status answer. `interval` and `timeout` are seconds.
    """

    status: Call[Any]
    result: Call[R_co]
    parameters: Mapping[str, str]
    state: str
    done: Names
    failed: Names
    message: str
    interval: float = 2.0
    timeout: float = 600.0


class Settings(Plan):
    """What the SDK is called and where it looks for its configuration.

    An empty `key_variable` says that the API can do without a key.
    """

    package: str
    version: str
    servers: Names
    key_variable: str
    base_url_variable: str
