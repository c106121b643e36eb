"""The vocabulary shared by generated code and this runtime: a call as data.

Generated modules hold constants of these types. The runtime carries them out and does not know the fields of
any API. Every value is a NamedTuple: immutable, compared by value, safe to share between threads,
and cheaper to declare than an attrs class, which matters because all are declared at every first import
(1.3 against 1.7 times `import httpx` for the whole client).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Generic, Literal, NamedTuple, TypeVar

# The types of the successful answers of an operation: by status, range (`2XX`) or `default`, then by media
# type. JSON is decoded to the type, and events to a list of it; for other media types `bytes`, `str` and
# `Media` stand for the body as it is.
Answers = Mapping[str, Mapping[str, Any]]

# The properties of a JSON object, of a form, or the arguments of a call, by name.
Fields = Mapping[str, object]
Names = tuple[str, ...]

R_co = TypeVar("R_co", covariant=True)

# The argument of a client that takes its key, or the key of every scheme that has no argument of its own.
SHARED_KEY = "api_key"
# How the style deepObject writes a list: each item as `name[]=1`, `name=1` or `name[0]=1`. OpenAPI leaves it
# open; empty is `name[]=1` for a list that is the value itself, and `name[inner]=1` for one in an object.
ListForm = Literal["", "brackets", "repeated", "indexed"]
_NO_ENCODINGS: Mapping[str, PartEncoding] = MappingProxyType({})


class SecurityScheme(NamedTuple):
    """One way to present a key of the caller's (OpenAPI 3.1, section 4.8.27).

    `type` is `bearer` (Authorization: Bearer KEY), `basic` (KEY is `user:password`) or `apiKey`, which is
    sent under `name` at `location`. `argument` is the argument of the client that takes the key.
    """

    type: Literal["bearer", "basic", "apiKey"]
    name: str = "Authorization"
    location: Literal["header", "query", "cookie"] = "header"
    argument: str = SHARED_KEY


class Parameter(NamedTuple):
    """A parameter of an operation (OpenAPI 3.1, section 4.8.12).

    `key` is its name in calls if that differs from `name`: two locations may have parameters of the same
    name. If `allow_reserved`, reserved characters of a query are not percent-encoded. `list_form` is how the
    style deepObject writes a list.
    """

    name: str
    location: Literal["path", "query", "header", "cookie"]
    style: str = "form"
    explode: bool = True
    key: str = ""
    required: bool = False
    allow_reserved: bool = False
    list_form: ListForm = ""


class PartEncoding(NamedTuple):
    """The encoding that the contract sets for one field of a form (OpenAPI 3.1, section 4.8.15).

    With a `style`, the field is written as a parameter of a query is, and the media type has no meaning.
    """

    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    style: str = ""
    explode: bool = True
    allow_reserved: bool = False
    list_form: ListForm = ""


class Body(NamedTuple):
    """One way to send a request body.

    `files` are its top-level properties that are binary, and `multiple` the lists among these. `nullable` are
    the properties that may be sent as JSON null. `unsupported` are properties that only other bodies of the
    call have. If `is_scalar`, the body may be one value that is not an object, such as a list or a text; its
    argument is named `body`.
    """

    media_type: str
    unsupported: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    multiple: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    encoding: Mapping[str, PartEncoding] = _NO_ENCODINGS
    is_scalar: bool = False


class Operation(NamedTuple):
    """One HTTP operation of the contract. `path` may hold `{name}` for path parameters.

    `security` are the schemes whose keys are sent together, and `alternatives` what the operation accepts in
    their place; an empty alternative is a call without a key. `response_headers` are the lower-case names of
    the headers that the contract documents for a success. `server` is the server of this operation, if it has
    its own: a path on the same host, or another URL. `redirects` are the statuses and ranges of redirects
    that the contract documents as a success; none is followed.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    accept: str = "*/*"
    response_headers: Names = ()
    server: str = ""
    alternatives: tuple[tuple[SecurityScheme, ...], ...] = ()
    redirects: Names = ()

    @property
    def route(self) -> str:
        """Method and path, as errors name the operation."""
        return f"{self.method} {self.path}"


class Property(NamedTuple):
    """A property that a JSON response should have besides the result itself: its pointer and type."""

    pointer: str
    type: Literal["string", "number", "boolean"]


class MediaReading(NamedTuple, Generic[R_co]):
    """Read a success as bytes: the body itself, or base64 at one of the JSON pointers `base64`."""

    result: type[R_co]
    media_types: Names = ("*/*",)
    base64: Names = ()
    properties: tuple[Property, ...] = ()


class TextReading(NamedTuple, Generic[R_co]):
    """Read a success as text: the body itself, or the string at one of the JSON pointers `text`."""

    result: type[R_co]
    media_types: Names = ("text/plain",)
    text: Names = ()
    properties: tuple[Property, ...] = ()


class RecordReading(NamedTuple, Generic[R_co]):
    """Read a success as a JSON object in which every pointer of `required` must hold a value."""

    result: type[R_co]
    required: Names = ()
    properties: tuple[Property, ...] = ()


class JobReading(NamedTuple, Generic[R_co]):
    """Read a success as a job that goes on at the server, with its id at the JSON pointer `id`.

    `keep` are the names of request fields that are needed again to ask for the state of the job.
    """

    result: type[R_co]
    id: str
    keep: Names = ()
    properties: tuple[Property, ...] = ()


class Event(NamedTuple):
    """Where one kind of stream event keeps its payload; pointers are tried in order."""

    types: Names
    pointers: Names = ()


class StreamReading(NamedTuple, Generic[R_co]):
    """Read a success as server-sent events whose JSON data holds base64 chunks.

    `result` is the stream's class for threads, `async_result` the one for event loops. `event_type` are the
    pointers at which an event's type may stand. `chunk` names the events that carry a chunk, `end` those that
    end the stream, `error` those that report a failure, and `format` the one that describes the audio, with
    pointers to `sample_rate` and `channels`. A body whose media type matches `media_types` is passed on as
    chunks of raw bytes instead.
    """

    result: type[R_co]
    async_result: type[Any]
    event_type: Names
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


class ArgumentGroup(NamedTuple):
    """Choices of arguments: at least one must be passed if `required`, at most one if `exclusive`.

    A choice is one argument, or several that go together.

    """

    choices: tuple[Names, ...]
    required: bool = True
    exclusive: bool = False


class Call(NamedTuple, Generic[R_co]):
    """A method of the SDK: an operation, its bodies in order of preference, and how to read a success.

    `timeout` is the default read timeout in seconds. `required` arguments and `argument_groups` are checked
    before anything is sent. `name` is the name that callers write, such as `things.make`; empty if there is
    no method.
    `urls` are the arguments that take a URL, for errors about a URL that is given as a file.
    `answers` are the types of a success that is read as the contract types it, in place of `readings`. If
    `is_exact`, the argument `body` is the whole body, in which None is null. If `may_omit_body`, no body is
    sent where nothing of it is given.
    """

    operation: Operation
    bodies: tuple[Body, ...] = ()
    readings: tuple[Reading[R_co], ...] = ()
    timeout: float = 60.0
    argument_groups: tuple[ArgumentGroup, ...] = ()
    name: str = ""
    required: Names = ()
    urls: Names = ()
    answers: Answers | None = None
    is_exact: bool = False
    may_omit_body: bool = False

    @property
    def title(self) -> str:
        """The name of the call in errors."""
        return self.name or self.operation.id


class Wait(NamedTuple, Generic[R_co]):
    """How to wait for a job: call `status` until the job is done, then call `result`.

    `parameters` maps each parameter of both calls to `id` or to a kept request field. `state` and `message`
    are JSON pointers into the status response; `done` and `failed` are the states that end a job.
    `interval` and `timeout` are in seconds.
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


class Pages(NamedTuple, Generic[R_co]):
    """How the items of a list come page by page.

    `call` asks for a page, `items` is the JSON pointer to its items, and `item` is their type. The `style`
    says where the next page is: at the link `next` of the header Link, behind the cursor at the pointer
    `next` (or at `last_item` in the last item), or at the next page or offset by number. `parameter` carries
    the cursor or the number; it is a property of the body if `in_body`. The flag at `more` tells whether
    there is a next page, and the number at `total` how many pages, or items, there are. `first` is the number
    of the first page.
    """

    call: Call[Any]
    item: Any
    style: Literal["link", "cursor", "page", "offset"]
    items: str = ""
    parameter: str = ""
    in_body: bool = False
    next: str = ""
    last_item: str = ""
    more: str = ""
    total: str = ""
    first: int = 1


class Settings(NamedTuple):
    """The name of the SDK, the environment variables of its configuration, and texts about its product.

    An empty `key_variable` means that the API works without a key. If its operations use several security
    schemes, `keys` has the arguments that take their keys, each with its variable of the environment. If
    `is_key_optional`, some operations work without a key, and so a client without one can be made.
    `unknown_outcome` says in one sentence what may have happened to a request whose response never came.
    `contract_version` is the version of the contract; empty if it is not known.
    """

    package: str
    version: str
    servers: Names
    key_variable: str
    base_url_variable: str
    unknown_outcome: str = "It may have been carried out"
    contract_version: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    is_key_optional: bool = False

    def variable_of(self, argument: str) -> str:
        """Return the environment variable of the argument that takes a key."""
        return dict(self.keys).get(argument, self.key_variable)
