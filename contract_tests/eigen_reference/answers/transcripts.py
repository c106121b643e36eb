"""Answer a transcription."""

from starlette.responses import PlainTextResponse, Response

from ..problems import json_response
from .request import Request

LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pt": "Portuguese", "ru": "Russian", "zh": "Chinese",
}  # fmt: skip
REALTIME_FACTOR = 0.1
"""Made up: the time that was really taken would make the same request give other bytes."""


def transcribe(request: Request) -> Response:
    """Answer as `higgs_asr_3` or as `whisper_v3_turbo` does.

    The engine hears American English, whatever is asked.
    """
    name, recording = request.file("file") or ("file", b"")
    heard = request.engines.transcribe(recording, name, cheap=request.cheap)
    if request.model == "higgs_asr_3":
        language = request.text("language", "en")
        return json_response(
            {
                "transcription": heard.text,
                "language": LANGUAGES.get(language.lower(), language or "English"),
                "audio_duration": round(heard.seconds, 3),
                "processing_time": round(heard.seconds * REALTIME_FACTOR, 3),
                "realtime_factor": REALTIME_FACTOR,
            }
        )
    if request.text("response_format").lower() == "text":
        return PlainTextResponse(heard.text)
    return json_response({"text": heard.text})
