"""Lies about pictures: generated ones, and edits."""

import base64
import io
from collections.abc import Callable, Iterator

from PIL import Image

from mutants.server.lies.planting import Lie, always, counting, ignoring, in_answers, in_requests
from mutants.server.requests import FORM, JSON, PIXEL, with_value
from mutants.server.rewriting import Answer, Call, Planting


def picture_lies() -> Iterator[Lie]:
    """Draw something else, or as always."""
    is_drawn = "turbo_image_base64"
    yield Lie("picture", "one picture for every prompt", in_answers(Canned(is_drawn)))
    yield Lie("picture", "the prompt ignored", always("prompt", "a grey square"))
    for media_type in (JSON, FORM):
        for name in ("seed", "width", "height", "size"):
            yield Lie("picture", f"{name} ignored in {media_type}", ignoring(name, media_type))
    yield Lie("picture", "another picture each time", in_requests(counting("prompt")))
    yield Lie("picture", "negative_prompt ignored", ignoring("negative_prompt"))
    yield Lie("picture", "half the size", in_answers(redrawn(halved, is_drawn)))
    yield Lie("picture", "a data URL", in_answers(as_data_url))
    yield Lie("picture", "a blank picture", in_answers(redrawn(blank, is_drawn)))


class Canned:
    """Always gives the first picture."""

    def __init__(self, member: str) -> None:
        self._member = member
        self._first = ""

    def __call__(self, given: Answer) -> Answer:
        if given.media_type != JSON or self._member not in given.document:
            return given
        self._first = self._first or given.document[self._member]
        return given.with_document({**given.document, self._member: self._first})


def redrawn(change: Callable[[Image.Image], Image.Image], *members: str) -> Callable[[Answer], Answer]:
    def answer(given: Answer) -> Answer:
        if given.media_type != JSON:
            return given
        known = {name: encoded(change, given.document[name]) for name in members if name in given.document}
        return given.with_document({**given.document, **known}) if known else given

    return answer


def encoded(change: Callable[[Image.Image], Image.Image], text: str) -> str:
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        buffer = io.BytesIO()
        change(image).save(buffer, image.format or "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def halved(image: Image.Image) -> Image.Image:
    return image.resize((256, 256))


def blank(image: Image.Image) -> Image.Image:
    return Image.new("RGB", image.size, (200, 200, 200))


def as_data_url(given: Answer) -> Answer:
    if given.media_type != JSON:
        return given
    known = {
        name: f"data:image/png;base64,{text}"
        for name, text in given.document.items()
        if name.endswith("image_base64")
    }
    return given.with_document({**given.document, **known}) if known else given


def edit_lies() -> Iterator[Lie]:
    """Edit nothing, something else, or in another form."""
    yield Lie("edit", "the source is the answer", Planting(answer=source_again))
    for name in ("image_file", "image", "images"):
        yield Lie("edit", f"{name} ignored", in_requests(always_the_pixel(name)))
    yield Lie("edit", "one edit for every prompt", in_answers(Canned("image_base64")))
    yield Lie("edit", "output_format ignored", ignoring("output_format"))
    yield Lie("edit", "binary_response ignored", ignoring("binary_response"))
    yield Lie("edit", "a picture labelled as another", in_answers(relabelled))


def source_again(call: Call, given: Answer) -> Answer:
    if given.status != 200 or given.media_type != JSON or "image_base64" not in given.document:
        return given
    start = call.body.find(b"\x89PNG")
    end = call.body.find(b"IEND", start) + 8
    if start < 0:
        return given
    return given.with_document(
        {**given.document, "image_base64": base64.b64encode(call.body[start:end]).decode()}
    )


def always_the_pixel(name: str) -> Callable[[Call], Call]:
    return lambda call: call if b"wan2" in call.body else with_value(call, name, PIXEL)


def relabelled(given: Answer) -> Answer:
    is_picture = given.media_type.startswith("image/")
    label = "image/png" if given.media_type != "image/png" else "image/jpeg"
    return given.with_header("content-type", label) if is_picture else given
