"""Answer an image generation and an image edit."""

import base64

from starlette.responses import Response

from ..engines import chance
from ..engines.values import Drawing, Edit, Source
from ..problems import json_response
from . import options
from .request import Request


def generate(request: Request) -> Response:
    """Draw a picture, and answer as `eigen-image` does."""
    width, height = options.picture_size(request.values)
    drawing = Drawing(
        prompt=request.text("prompt"),
        negative_prompt=request.text("negative_prompt"),
        width=width,
        height=height,
        seed=options.seed(request.values),
        contrast=0.9 + options.number(request.values, "guidance_scale", 1.0, 0, 10) / 10,
    )
    return json_response({"turbo_image_base64": _base64(request.engines.draw(drawing))})


def edit(request: Request) -> Response:
    """Edit a picture, and answer raw if asked to, else as the model does."""
    megapixels = request.values.get("downsizing_mp")
    edit = Edit(
        sources=_sources(request),
        prompt=request.text("prompt"),
        negative_prompt=request.text("negative_prompt"),
        strength=options.strength(request.values),
        seed=options.seed(request.values),
        megapixels=None if megapixels is None else options.number(request.values, "downsizing_mp", 0, 0, 1e6),
        image_format=options.image_format(request.values),
    )
    picture = request.engines.edit(edit, cheap=request.cheap)
    if request.flag("binary_response"):
        return Response(picture, media_type=f"image/{edit.image_format}")
    if request.model == "eigen-image":
        return json_response({"edited_image_base64": _base64(picture)})
    seconds = round(1 + chance.fraction(chance.digest(picture)), 3)
    steps = options.number(request.values, "num_inference_steps", 30, 0, 1e6)
    return json_response(
        {"image_base64": _base64(picture), "use_lightning": steps <= 8, "processing_time_seconds": seconds}
    )


def _sources(request: Request) -> tuple[Source, ...]:
    uploads = [
        Source(name, upload.content)
        for name in ("image_file", "image", "images")
        for upload in request.files.get(name, [])
    ]
    if "image_path" in request.values:
        uploads.append(options.referenced("image_path", request.text("image_path")))
    return tuple(uploads)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
