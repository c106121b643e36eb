# Made from openapi.yaml by `generator build`.
"""Calls of POST /api/v1/generate/upload."""

from .._runtime.plan import Body, Call, Member, Operation, RecordReading, SecurityScheme
from ..results import Voice

OPERATION = Operation(
	id="uploadVoice",
	method="POST",
	path="/api/v1/generate/upload",
	security=(SecurityScheme(kind="bearer"),),
	accept="application/json",
)

RAW: Call[object] = Call(
	operation=OPERATION, bodies=(Body(media_type="multipart/form-data", files=frozenset({"voice_reference_file"})),)
)

AUDIO_UPLOAD_VOICE: Call[Voice] = Call(
	operation=OPERATION,
	bodies=RAW.bodies,
	readings=(
		RecordReading(result=Voice, required=("/voice_id",), members=(Member(pointer="/voice_id", type="string"),)),
	),
	timeout=120.0,
	name="audio.upload_voice",
	required=("model", "voice_reference_file"),
)
