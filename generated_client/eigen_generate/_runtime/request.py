from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from .guard import Guard
from .options import Timeout
from .plan import Operation, Plan

if TYPE_CHECKING:
	from .files import Upload
	from .multipart import Part
	from .one_shot import Spools


Headers = tuple[tuple[str, str], ...]


class Payload(Plan):
	content_type: str
	pieces: "tuple[bytes | Upload, ...]"
	size: int | None
	repeatable: bool = True
	parts: "tuple[Part, ...]" = ()

	def chunks(self) -> Iterator[bytes]:
		for piece in self.pieces:
			if isinstance(piece, bytes):
				yield piece
			else:
				yield from piece.open()


def payload(content_type: str, pieces: "list[bytes | Upload]", parts: "tuple[Part, ...]" = ()) -> Payload:
	joined: list[bytes | Upload] = []
	run: list[bytes] = []
	size, repeatable = 0, True
	unknown = False
	for piece in pieces:
		if isinstance(piece, bytes):
			run.append(piece)
			continue
		joined += [b"".join(run), piece]
		run.clear()
		repeatable = repeatable and piece.repeatable
		unknown = unknown or piece.size is None
		size += piece.size or 0
	joined.append(b"".join(run))
	size += sum(len(piece) for piece in joined if isinstance(piece, bytes))
	return Payload(content_type, tuple(filter(None, joined)), None if unknown else size, repeatable, parts)


class Request(Plan):
	operation: Operation
	url: str
	headers: Headers
	payload: Payload | None
	timeout: Timeout
	fields: Mapping[str, object]
	guard: Guard = Guard()
	on_upload: Callable[[int, int | None], object] | None = None
	retry_unknown: bool | None = None
	spools: "Spools | None" = None

	@property
	def title(self) -> str:
		return self.operation.route

	@property
	def framing(self) -> Headers:
		payload = self.payload
		if payload is None:
			return (("Content-Length", "0"),) if self.operation.method in ("POST", "PUT", "PATCH") else ()
		size = ("Transfer-Encoding", "chunked") if payload.size is None else ("Content-Length", str(payload.size))
		return (("Content-Type", payload.content_type), size)

	@property
	def size(self) -> int | None:
		return 0 if self.payload is None else self.payload.size
