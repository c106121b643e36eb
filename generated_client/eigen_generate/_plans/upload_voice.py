# By `python -m generator build`.
"""Calls of POST /api/v1/generate/upload."""

from .._runtime.plan import Body, Call, Member, Operation, RecordReading, SecurityScheme
from ..results import Voice

OPERATION = Operation(
	"uploadVoice",
	method="POST",
	path="/api/v1/generate/upload",
	security=(SecurityScheme("bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(OPERATION, bodies=(Body("multipart/form-data", files=frozenset({"voice_reference_file"})),))

AUDIO_UPLOAD_VOICE: Call[Voice] = Call(
	OPERATION,
	bodies=RAW.bodies,
	readings=(RecordReading(Voice, required=("/voice_id",), members=(Member("/voice_id", type="string"),)),),
	timeout=120.0,
	name="audio.upload_voice",
	required=("model", "voice_reference_file"),
)
