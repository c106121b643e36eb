"""One request for each form that an answer can have; the checks say whether it has that form."""

from collections.abc import Iterator
from typing import Any

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload
from eigen_contract.examples import examples
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import png, wav
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.shapes import members as members_of

SHAPES: tuple[tuple[str, str, str], ...] = (
    ("eigen-image", "generation", "turbo_image_base64"),
    ("eigen-image", "edit", "edited_image_base64"),
    ("qwen-image-edit-2511", "edit", "image_base64"),
    ("whisper_v3_turbo", "transcription", "text"),
    ("higgs_asr_3", "transcription", "transcription"),
    ("wan2p2-i2v-14b-turbo", "video", "task_id"),
)
"""The member that holds the result, by model and job; public programs rely on these."""


UNSIZED = "image-generation"
"""The example of the contract that asks for a picture in JSON and for no size."""
Form = tuple[str, dict[str, Any]]
"""A request: its media type and its members."""


def picture() -> Upload:
    return Upload("source.png", "image/png", png())


def recording() -> Upload:
    return Upload("voice.wav", "audio/wav", wav())


def edit_forms() -> Iterator[Form]:
    """Yield an edit for each form of its answer."""
    editing = {"model": "qwen-image-edit-2511", "prompt": "a red hat", "image_file": picture()}
    yield FORM, {**editing, "output_format": "png", "binary_response": False}
    yield FORM, {**editing, "output_format": "jpg"}
    for output_format in ("png", "jpg", "webp"):
        yield FORM, {**editing, "output_format": output_format, "binary_response": True}


def speech_forms() -> Iterator[Form]:
    """Yield speech with and without a stream; the formats of a file have a scenario of their own."""
    yield JSON, {"model": "higgs2p5", "text": "one two three", "stream": False}
    for stream in (True, False):
        yield FORM, {"model": "higgs2p5", "text": "one two three", "stream": stream}


def picture_forms() -> Iterator[Form]:
    """Yield a picture for each way to say its size, or to leave it out in a form."""
    drawing = {"model": "eigen-image", "prompt": "a tower"}
    yield JSON, {**drawing, "width": 512, "height": 768}
    yield JSON, {**drawing, "size": "768x512"}
    yield FORM, {**drawing, "size": "512x768"}
    yield FORM, {**drawing, "width": 768, "height": 512}
    yield FORM, drawing


def edits_take_the_form_asked_for(context: ScenarioContext) -> Iterator[Finding]:
    """An edit comes in the picture format that was asked for, as JSON or as the picture itself."""
    yield from taken(context, edit_forms(), "edits_take_the_form_asked_for")


def speech_takes_the_form_asked_for(context: ScenarioContext) -> Iterator[Finding]:
    """Speech comes as a stream if that was asked for, and as a file if not."""
    yield from taken(context, speech_forms(), "speech_takes_the_form_asked_for")


def pictures_have_the_size_asked_for(context: ScenarioContext) -> Iterator[Finding]:
    """A picture has the width and height that were asked for in either way, or the default ones."""
    for example in examples(context.oracle.contract):
        if example.name == UNSIZED:
            context.send_once(context.compose(example.body.media_type, example.filled, example.operation))
    yield from taken(context, picture_forms(), "pictures_have_the_size_asked_for")


def taken(context: ScenarioContext, forms: Iterator[Form], check: str) -> Iterator[Finding]:
    """Send requests that must be answered 200; whether the answer has the right form is for the checks."""
    for media_type, members in forms:
        exchange = context.ask_once(media_type, **members)
        if exchange.response.status != 200:
            message = (
                f"a valid request ({shown(members)}) should be answered 200; got {exchange.response.status}"
            )
            yield context.finding(check, message, context.endpoint.pointer, exchange)


def shown(members: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in members.items() if not isinstance(value, Upload))


def models_answer_in_their_own_shape(context: ScenarioContext) -> Iterator[Finding]:
    """Each family of models puts its result under the property where programs look for it."""
    requests: dict[str, dict[str, Any]] = {
        "generation": {"prompt": "a tower", "width": 512, "height": 512},
        "edit": {"prompt": "make it red", "images": [picture()]},
        "transcription": {"file": recording()},
        "video": {"prompt": "it turns", "image": picture(), "infer_steps": 1},
    }
    for model, job, member in SHAPES:
        more = {"mode": "image-editing"} if (model, job) == ("eigen-image", "edit") else {}
        exchange = context.ask_once(FORM, model=model, **requests[job], **more)
        if not holds(context, exchange, member):
            message = f"{model} should put the result of the {job} under {member!r}; that property is missing"
            yield context.finding(
                "models_answer_in_their_own_shape", message, "#/components/schemas/GenerateResult", exchange
            )


def holds(context: ScenarioContext, exchange: Exchange, member: str) -> bool:
    return member in members_of(CheckContext(context.oracle, exchange).document)
