# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""POST /songs: what its calls send and read."""

from .._runtime.plan import Body, Call, Event, MediaReading, Need, Operation, SecurityScheme, StreamReading
from ..results import AsyncSongStream, Song, SongStream

OPERATION = Operation(
    id="sing",
    method="POST",
    path="/songs",
    security=(SecurityScheme(kind="bearer"),),
    accept="audio/wav, text/event-stream",
)

RAW: Call[object] = Call(operation=OPERATION, bodies=(Body(media_type="application/json"),))

SONGS_SING_BODIES: tuple[Body, ...] = (Body(media_type="application/json"),)

SONGS_SING: Call[Song] = Call(
    operation=OPERATION,
    bodies=SONGS_SING_BODIES,
    readings=(MediaReading(result=Song, media_types=("audio/*",)),),
    needs=(Need(choices=(("words",),)),),
    name="songs.sing",
)

SONGS_SING_STREAM: Call[SongStream] = Call(
    operation=OPERATION,
    bodies=SONGS_SING_BODIES,
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
    needs=(Need(choices=(("words",),)),),
    name="songs.sing",
)
