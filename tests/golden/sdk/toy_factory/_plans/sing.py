# Made from sdk.yaml by `generator build`.
"""Calls of POST /songs."""

from .._runtime.plan import Body, Call, Event, MediaReading, Operation, SecurityScheme, StreamReading
from ..results import AsyncSongStream, Song, SongStream

OPERATION = Operation(
	id="sing",
	method="POST",
	path="/songs",
	security=(SecurityScheme(kind="bearer"),),
	accept="audio/wav, text/event-stream",
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))

SONGS_SING: Call[Song] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="application/json"),),
	readings=(MediaReading(result=Song, media_types=("audio/*",)),),
	name="songs.sing",
	required=("words",),
)

SONGS_SING_STREAM: Call[SongStream] = Call(
	operation=OPERATION,
	bodies=(Body(media_type="application/json"),),
	readings=(
		StreamReading(
			result=SongStream,
			asynchronous=AsyncSongStream,
			type=("/type",),
			chunk=Event(types=("note",), pointers=("/sound",)),
			end=Event(types=("end",)),
			error=Event(types=("error",), pointers=("/message",)),
			media_types=("audio/*",),
		),
	),
	name="songs.sing",
	required=("words",),
)
