"""Orders of videos as bytes, so that a server can do what the one before it was asked for."""

import base64
import json

from .values import Source, Video


def encoded(video: Video) -> bytes:
    """Return an order as JSON."""
    source = video.source
    content = base64.b64encode(source.content or b"").decode() if source else ""
    return json.dumps(
        {
            "prompt": video.prompt,
            "source": source and {"name": source.name, "content": content},
            "frames": video.frames,
            "steps": video.steps,
            "seed": video.seed,
        }
    ).encode()


def decoded(ordered: bytes) -> Video:
    """Return the order that `encoded` made bytes of."""
    fields = json.loads(ordered)
    source = fields.pop("source")
    if source is not None:
        source = Source(source["name"], base64.b64decode(source["content"]))
    return Video(source=source, **fields)
