"""Describes as values of `runtime.contract` how a success is read as a result class of `x-sdk`."""

from typing import Any

from ..runtime.contract import (
    Event,
    JobReading,
    MediaReading,
    Property,
    Reading,
    RecordReading,
    StreamReading,
    TextReading,
)
from .generated_name import GeneratedName
from .sdk import Sdk


def describe_reading(sdk: Sdk, result_name: str) -> Reading[Any]:
    """Return how an answer is read as the result class of that name."""
    result = sdk.results[result_name]
    # The class is one of the generated client; here its name stands for it.
    result_class: Any = GeneratedName(result_name)
    media_types = tuple(result.get("media_types", ()))
    fields = result.get("fields", {}).values()
    properties = tuple(Property(field["pointer"], field["type"]) for field in fields)
    match result["kind"]:
        case "media":
            base64_pointers = tuple(result.get("base64", ()))
            return MediaReading(result_class, media_types or ("*/*",), base64_pointers, properties)
        case "text":
            text_pointers = tuple(result.get("text", ()))
            return TextReading(result_class, media_types or ("text/plain",), text_pointers, properties)
        case "job":
            return JobReading(
                result_class, result["id"]["pointer"], tuple(result.get("keep", ())), properties
            )
        case "stream":
            return _describe_stream(result_name, result, media_types)
        case _:
            required_pointers = tuple(field["pointer"] for field in fields if field.get("required"))
            return RecordReading(result_class, required_pointers, properties)


def _describe_stream(
    result_name: str, result: dict[str, Any], media_types: tuple[str, ...]
) -> StreamReading[Any]:
    stream_class: Any = GeneratedName(result_name)
    async_stream_class: Any = GeneratedName(f"Async{result_name}")
    audio_format = result.get("format")
    return StreamReading(
        stream_class,
        async_stream_class,
        tuple(result["type"]),
        _describe_event(result["chunk"]),
        _describe_event(result["end"]),
        _describe_event(result["error"]),
        _describe_event(audio_format) if audio_format else None,
        tuple(audio_format.get("sample_rate", ())) if audio_format else (),
        tuple(audio_format.get("channels", ())) if audio_format else (),
        media_types,
    )


def _describe_event(event: dict[str, Any]) -> Event:
    return Event(tuple(event["types"]), tuple(event.get("pointers", ())))
