import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, dataclass_transform

from . import media_types
from .errors import StreamInterruptedError, UnexpectedResponseError
from .saving import Progress, StrPath, save

_RATE_LIMIT = r"(x-)?rate-?limit|retry-after"
_REQUEST_ID = ("x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray")


class Meta(NamedTuple):
	"""About an answer: `headers` by lower-case name, `elapsed` in seconds over all `attempts`.

	`first_byte` are the seconds from the last attempt's begin to the head of its answer. `drift` says in
	words what differs from the contract without harming the result. `documented` are the headers that the
	contract promises.
	"""

	status_code: int
	headers: Mapping[str, str]
	request_id: str | None
	attempts: int
	elapsed: float
	media_type: str
	first_byte: float = 0.0
	drift: tuple[str, ...] = ()
	documented: tuple[str, ...] = ()

	@property
	def promised(self) -> Mapping[str, str]:
		"""The headers that the contract promises, as far as they came."""
		return {name: self.headers[name] for name in self.documented if name in self.headers}

	@property
	def credits(self) -> Mapping[str, str]:
		"""The headers that tell of credits: what is left, or what this call cost."""
		return {name: value for name, value in self.headers.items() if "credit" in name or "cost" in name}

	@property
	def rate_limit(self) -> Mapping[str, str]:
		"""The headers that tell how often one may call, under any of the usual names."""
		return {name: value for name, value in self.headers.items() if re.match(_RATE_LIMIT, name)}


KEPT_HINT = "The request may have been billed; `body` and `save(path)` of this error keep the answer"


def context(meta: Meta) -> dict[str, Any]:
	return {"attempts": meta.attempts, "elapsed": meta.elapsed, "request_id": meta.request_id}


def unexpected(meta: Meta, message: str, body: bytes = b"", hint: str | None = None) -> NoReturn:
	raise UnexpectedResponseError(
		message, hint=hint, status_code=meta.status_code, body=body, headers=meta.headers, **context(meta)
	)


def interrupted(meta: Meta, message: str, received: int, hint: str, cause: BaseException | None = None) -> NoReturn:
	raise StreamInterruptedError(message, hint=hint, bytes_received=received, **context(meta)) from cause


class RawResponse:
	def __init__(self, meta: Meta, content: bytes) -> None:
		self.meta: Meta = meta
		self.content: bytes = content
		self.status_code: int = meta.status_code
		self.headers: Mapping[str, str] = meta.headers
		self.media_type: str = meta.media_type

	def __repr__(self) -> str:
		return f"<RawResponse {self.status_code} {self.media_type} {len(self.content)} bytes>"

	@property
	def content_type(self) -> str:
		return self.headers.get("content-type", "")

	@property
	def text(self) -> str:
		try:
			return self.content.decode(media_types.charset(self.content_type), "replace")
		except (ValueError, LookupError):
			return self.content.decode("utf-8", "replace")

	def json(self) -> Any:
		try:
			return json.loads(self.content)
		except RecursionError:
			raise ValueError("JSON that is nested too deeply") from None


def describe(
	status_code: int,
	headers: Mapping[str, str],
	attempts: int = 1,
	elapsed: float = 0.0,
	first_byte: float = 0.0,
	documented: tuple[str, ...] = (),
) -> Meta:
	media_type = media_types.essence(headers.get("content-type", ""))
	return Meta(status_code, headers, request_id(headers), attempts, elapsed, media_type, first_byte, (), documented)


def request_id(headers: Mapping[str, str]) -> str | None:
	for name in _REQUEST_ID:
		if name in headers:
			return headers[name]
	return None


_SHOWN = 32 * 1024 * 1024
_PLAIN = r"[a-z]+/[a-z0-9.+-]+"


@dataclass_transform(kw_only_default=True)
class _Fields:
	def __init__(self, **values: object) -> None:
		self.__dict__.update(values)


class Result(_Fields):
	"""What all results have: `data`, every member that the server sent, and `meta`."""

	data: Mapping[str, object]
	meta: Meta


class Media(Result):
	"""Bytes with a media type. `data` is the JSON around them, if there was any, without them."""

	content: bytes
	media_type: str

	def __repr__(self) -> str:
		return f"<{type(self).__name__} {self.media_type} {len(self.content)} bytes>"

	def __len__(self) -> int:
		return len(self.content)

	def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
		"""Write the bytes to `path`, wholly or not at all, and give the path.

		A path without a suffix gets the one of the media type. `on_progress` is called with the bytes
		written and their total. Raises ArgumentError for what names no file, and SaveError.
		"""
		return save(path, self.content, self.media_type, on_progress)

	async def asave(self, path: StrPath, on_progress: Progress | None = None) -> Path:
		"""The same in a thread, so that an event loop goes on; `on_progress` is called in that thread."""
		import asyncio

		return await asyncio.to_thread(self.save, path, on_progress)

	def _repr_png_(self) -> bytes | None:
		return self._shown("image/png")

	def _repr_jpeg_(self) -> bytes | None:
		return self._shown("image/jpeg")

	def _shown(self, media_type: str) -> bytes | None:
		return self.content if self.media_type == media_type and len(self) <= _SHOWN else None

	def _repr_html_(self) -> str | None:
		kind = self.media_type.partition("/")[0]
		if self.media_type in ("image/png", "image/jpeg") or not re.fullmatch(_PLAIN, self.media_type):
			return None
		if kind not in ("image", "audio", "video") or len(self) > _SHOWN:
			return None
		source = f"data:{self.media_type};base64,{b64encode(self.content).decode()}"
		return f'<img src="{source}">' if kind == "image" else f'<{kind} controls src="{source}"></{kind}>'


class Text(Result):
	"""A text; `str` gives it. `data` is the JSON that held it, if there was any."""

	text: str

	def __str__(self) -> str:
		return self.text

	def __repr__(self) -> str:
		return f"<{type(self).__name__} {len(self.text)} characters>"


class Record(Result):
	"""A JSON object."""

	def __repr__(self) -> str:
		return f"<{type(self).__name__} {', '.join(self.data)}>"


class Job(Result):
	"""Work that goes on at the server; `context` holds what is needed to ask for it again."""

	id: str
	context: Mapping[str, object]

	def __repr__(self) -> str:
		return f"<{type(self).__name__} {self.id}>"
