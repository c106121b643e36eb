"""Makes what the contract describes: a body for each media type and each shape, arguments for each method."""

import base64
import mimetypes
from fnmatch import fnmatch
from functools import lru_cache
from io import BytesIO
from typing import Any

import av
from PIL import Image

from calling import Method, arguments
from eigen_contract.media import mp3, png, wav
from eigen_contract.scenarios.walk import right_values, smallest
from eigen_contract.spec import Contract, Document

JSON = "application/json"
EVENTS = "text/event-stream"
TEXT = "grüß dich"
MADE = {"image/png": lambda: png(8, 8), "audio/wav": lambda: wav(0.01), "audio/mpeg": lambda: mp3(2)}
"""What the judge makes without a codec."""
SUFFIXES = {"audio/ogg": ".opus"}
"""Where Python's suffix of a media type names a container that FFmpeg does not write by itself."""
RATE = 24000
"""Samples a second of an encoded sound; a common rate, and one that Opus takes."""


@lru_cache
def media(media_type: str) -> bytes:
    """Make small media of a type: real where Pillow or FFmpeg encodes it, else a few bytes."""
    family = media_type.partition("/")[0]
    if media_type in MADE:
        return MADE[media_type]()
    if family == "text":
        return TEXT.encode()
    if family == "image":
        return picture(media_type)
    suffix = SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type) or ""
    if family in ("audio", "video") and suffix:
        return recording(family, suffix)
    return bytes(40)


def picture(media_type: str) -> bytes:
    """Encode a picture by the format that Pillow knows under a media type."""
    Image.init()
    names = [name for name, known in Image.MIME.items() if known == media_type and name in Image.SAVE]
    buffer = BytesIO()
    if names:
        Image.new("RGB", (8, 8), "teal").save(buffer, names[0])
    return buffer.getvalue() or bytes(40)


class NamedBuffer(BytesIO):
    """A file in memory whose name tells FFmpeg which container to write."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def recording(family: str, suffix: str) -> bytes:
    """Encode a short silence, or one frame, in the container that FFmpeg knows by a suffix."""
    buffer = NamedBuffer(f"made{suffix}")
    # PyAV's types do not tell which kind of stream a codec makes.
    container: Any = av.open(buffer, "w")
    codec = container.default_audio_codec if family == "audio" else container.default_video_codec
    stream = container.add_stream(codec, rate=RATE if family == "audio" else 8)
    frames = silence(stream) if family == "audio" else picture_frames(stream)
    container.mux([packet for frame in (*frames, None) for packet in stream.encode(frame)])
    container.close()
    return buffer.getvalue()


def silence(stream: Any) -> list[Any]:
    """Return a tenth of a second of silence in frames of the size that a codec takes."""
    stream.layout = "mono"
    frame = av.AudioFrame(format="s16", layout="mono", samples=RATE // 10)
    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
    frame.sample_rate = RATE
    resampler: Any = av.AudioResampler(stream.format, "mono", RATE, frame_size=stream.frame_size or None)
    return [*resampler.resample(frame), *resampler.resample(None)]


def picture_frames(stream: Any) -> list[Any]:
    """Return the one frame of a small video."""
    stream.width = stream.height = 16
    stream.pix_fmt = "yuv420p"
    make: Any = av.VideoFrame
    return [make.from_image(Image.new("RGB", (16, 16), "teal"))]


def success(method: Method) -> Document:
    """Return the content of the success of a method's operation: schemas by media type."""
    statuses = sorted(status for status in method.operation.responses if status.startswith("2"))
    return dict(method.operation.responses[statuses[0]].get("content", {}))


def shapes(contract: Contract, method: Method) -> dict[str, Document]:
    """Return the JSON shapes of the success of a method's operation, by their names."""
    schema = success(method).get(JSON, {}).get("schema")
    if schema is None:
        return {}
    node, pointer = contract.follow(schema)
    choices = [*node.get("oneOf", ()), *node.get("anyOf", ())]
    if not choices or "properties" in node:
        choices = [{"$ref": pointer} if "$ref" in schema else node]
    return {
        choice.get("$ref", f"shape {number}").rpartition("/")[2]: contract.follow(choice)[0]
        for number, choice in enumerate(choices)
    }


def results_of(contract: Contract, method: Method) -> dict[str, Document]:
    """Return what `x-sdk` says of the results of a method, by their names."""
    described = contract.document["x-sdk"]["results"]
    return {name: described[name] for name in method.document["results"]}


def sample_type(contract: Contract, method: Method) -> str:
    """Return the media type of what base64 in an answer holds: the first that a result takes."""
    patterns = [
        pattern
        for result in results_of(contract, method).values()
        for pattern in result.get("media_types", ())
    ]
    fitting = [kind for kind in success(method) if any(fnmatch(kind, pattern) for pattern in patterns)]
    return next(iter(fitting), "image/png")


def instance(contract: Contract, schema: Document, sample: bytes) -> Any:
    """Make a value that a schema admits, with every property that it names.

    Args:
        sample: what base64 holds.
    """
    node, _ = contract.follow(schema)
    if node.get("contentEncoding") == "base64":
        return base64.b64encode(sample).decode()
    kind = node.get("type")
    if kind == "object" or "properties" in node or "allOf" in node:
        properties, _ = contract.merged(node)
        return {
            name: instance(contract, inner, sample)
            for name, inner in properties.items()
            if inner is not False
        }
    if kind == "array":
        return [instance(contract, node.get("items", {"type": "string"}), sample)] * max(
            1, node.get("minItems", 1)
        )
    return right_values(contract, "", node)[-1]


def least_arguments(contract: Contract, method: Method) -> dict[str, Any]:
    """Return what a method cannot be called without, as a caller gives it."""
    needed = [parameter for parameter in method.operation.parameters if parameter.get("required")]
    values = {parameter["name"]: parameter_value(contract, parameter) for parameter in needed}
    fields = smallest(contract, method.variants[0]) if method.variants else {}
    return arguments({**values, **fields})


def parameter_value(contract: Contract, parameter: Document) -> Any:
    """Return a value of a parameter: its example, if it has one."""
    schema, _ = contract.follow(parameter["schema"])
    return parameter["example"] if "example" in parameter else right_values(contract, "", schema)[0]
