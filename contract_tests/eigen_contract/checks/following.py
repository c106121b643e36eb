"""The form of an answer follows from the request: `binary_response`, `response_format`, `stream`, the job."""

from collections.abc import Iterator, Mapping

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding
from eigen_contract.spec import Variant

SOUND_FORMATS = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "aac": "audio/aac",
    "opus": "audio/ogg",
    "pcm": "audio/pcm",
}
"""`response_format` of speech, and the media type that the spec has for it."""
JSON = "application/json"
SPEECH = ("Speech", "SpeechForm")


def content_type_follows_the_request(context: CheckContext) -> Iterator[Finding]:
    """A successful answer has the media type that the request asked for."""
    allowed = {name for variant in context.variants for name in allowed_types(context, variant)}
    if allowed and context.response.media_type not in allowed:
        received = context.response.media_type or "no Content-Type"
        message = f"the request asks for {' or '.join(sorted(allowed))}; got {received}"
        yield context.finding("content_type_follows_the_request", message, context.variants[0].pointer)


def allowed_types(context: CheckContext, variant: Variant) -> set[str]:
    """Return the media types that may answer a variant; none if the contract leaves it open."""
    members = context.members
    if variant.name in ("ImageEdit", "ImageEditByReference"):
        pictures = {"image/png", "image/jpeg", "image/webp"}
        return pictures if members.get("binary_response") is True else {JSON}
    if variant.name == "Transcription":
        return transcript_types(context, members)
    if variant.name in SPEECH:
        return speech_types(members)
    return {
        "ImageGeneration": {JSON},
        "Video": {JSON, "video/mp4"},
        "VideoByReference": {JSON, "video/mp4"},
        "VoiceUpload": {JSON},
    }.get(variant.name, set())


def transcript_types(context: CheckContext, members: Mapping[str, object]) -> set[str]:
    """A text if one was asked for; the detailed family does not take the choice and answers JSON."""
    if members.get("response_format") != "text":
        return {JSON}
    document = context.document
    detailed = isinstance(document, Mapping) and "transcription" in document
    return {JSON, "text/plain"} if detailed else {"text/plain"}


def speech_types(members: Mapping[str, object]) -> set[str]:
    """Events if a stream was asked for, else a file; only some models take the choice of a format."""
    if members.get("stream") is True:
        return {"text/event-stream"}
    chosen = SOUND_FORMATS.get(str(members.get("response_format", "wav")))
    return {"audio/wav", chosen} if chosen else set(SOUND_FORMATS.values())
