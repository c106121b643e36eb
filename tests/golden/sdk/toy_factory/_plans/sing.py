# By `python -m generator build`.
"""Calls of POST /songs."""

from .._runtime.plan import Body, Call, Event, MediaReading, Operation, SecurityScheme, StreamReading
from ..results import AsyncSongStream, Song, SongStream

OPERATION = Operation(
	"sing", method="POST", path="/songs", security=(SecurityScheme("bearer"),), accept="audio/wav, text/event-stream"
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("application/json"),))

SONGS_SING: Call[Song] = Call(
	OPERATION,
	bodies=(Body("application/json"),),
	readings=(MediaReading(Song, media_types=("audio/*",)),),
	name="songs.sing",
	required=("words",),
)

SONGS_SING_STREAM: Call[SongStream] = Call(
	OPERATION,
	bodies=(Body("application/json"),),
	readings=(
		StreamReading(
			SongStream,
			asynchronous=AsyncSongStream,
			type=("/type",),
			chunk=Event(("note",), pointers=("/sound",)),
			end=Event(("end",)),
			error=Event(("error",), pointers=("/message",)),
			media_types=("audio/*",),
		),
	),
	name="songs.sing",
	required=("words",),
)
