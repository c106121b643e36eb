from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, Self, TypeVar, dataclass_transform

Members = Mapping[str, object]
Names = tuple[str, ...]

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
	name: str = "Authorization"
	put: Callable[[Any, str, str], Any] | None = None


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
	encode: Callable[[Body, dict[str, object]], Any] | None = None


class Operation(Plan):
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
		return f"{self.method} {self.path}"


class Member(Plan):
	pointer: str
	type: Literal["string", "number", "boolean"]


class MediaReading(Plan, Generic[R_co]):
	result: type[R_co]
	media_types: Names = ("*/*",)
	base64: Names = ()
	members: tuple[Member, ...] = ()


class TextReading(Plan, Generic[R_co]):
	result: type[R_co]
	media_types: Names = ("text/plain",)
	text: Names = ()
	members: tuple[Member, ...] = ()


class RecordReading(Plan, Generic[R_co]):
	result: type[R_co]
	required: Names = ()
	members: tuple[Member, ...] = ()


class JobReading(Plan, Generic[R_co]):
	result: type[R_co]
	id: str
	keep: Names = ()
	members: tuple[Member, ...] = ()


class Event(Plan):
	types: Names
	pointers: Names = ()


class StreamReading(Plan, Generic[R_co]):
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


Reading = MediaReading[R_co] | TextReading[R_co] | RecordReading[R_co] | JobReading[R_co] | StreamReading[R_co]


class Need(Plan):
	choices: tuple[Names, ...]
	required: bool = True
	exclusive: bool = False


class Call(Plan, Generic[R_co]):
	operation: Operation
	bodies: tuple[Body, ...] = ()
	readings: tuple[Reading[R_co], ...] = ()
	timeout: float = 60.0
	needs: tuple[Need, ...] = ()
	name: str = ""
	required: Names = ()

	@property
	def title(self) -> str:
		return self.name or self.operation.id


class Wait(Plan, Generic[R_co]):
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
	package: str
	version: str
	servers: Names
	key_variable: str
	base_url_variable: str
