"""One request for each form that an answer can have; the checks say whether it has that form."""

from collections.abc import Iterator
from typing import Any

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload
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


def picture() -> Upload:
    return Upload("source.png", "image/png", png())


def recording() -> Upload:
    return Upload("voice.wav", "audio/wav", wav())


def forms() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a request for each form of an answer."""
    editing = {"model": "qwen-image-edit-2511", "prompt": "a red hat", "image_file": picture()}
    for output_format in ("png", "jpg", "webp"):
        yield FORM, {**editing, "output_format": output_format}
        yield FORM, {**editing, "output_format": output_format, "binary_response": True}
    yield FORM, {**editing, "binary_response": False}
    for response_format in ("json", "text"):
        hearing = {"model": "whisper_v3_turbo", "file": recording(), "response_format": response_format}
        yield FORM, hearing
    for response_format in ("wav", "mp3", "flac", "aac", "opus", "pcm"):
        yield JSON, {"model": "qwen3-tts", "text": "one two", "response_format": response_format}
    for media_type in (JSON, FORM):
        for stream in (True, False):
            yield media_type, {"model": "higgs2p5", "text": "one two three", "stream": stream}
    for media_type in (JSON, FORM):
        yield media_type, {"model": "eigen-image", "prompt": "a tower"}
    yield JSON, {"model": "eigen-image", "prompt": "a tower", "width": 512, "height": 768}
    yield JSON, {"model": "eigen-image", "prompt": "a tower", "size": "768x512"}
    yield FORM, {"model": "eigen-image", "prompt": "a tower", "size": "512x768"}
    yield FORM, {"model": "eigen-image", "prompt": "a tower", "width": 768, "height": 512}


def answers_take_the_form_asked_for(context: ScenarioContext) -> Iterator[Finding]:
    """Every documented form of an answer can be asked for, and is answered with 200."""
    for media_type, members in forms():
        exchange = context.ask(media_type, **members)
        if exchange.response.status != 200:
            message = (
                f"a valid request ({shown(members)}) should be answered 200; got {exchange.response.status}"
            )
            yield context.finding(
                "answers_take_the_form_asked_for", message, context.endpoint.pointer, exchange
            )


def shown(members: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in members.items() if not isinstance(value, Upload))


def models_answer_in_their_own_shape(context: ScenarioContext) -> Iterator[Finding]:
    """Each family of models puts its result under the property where programs look for it."""
    requests: dict[str, dict[str, Any]] = {
        "generation": {"prompt": "a tower", "width": 512, "height": 512},
        "edit": {"prompt": "a red hat", "images": [picture()]},
        "transcription": {"file": recording()},
        "video": {"prompt": "it turns", "image": picture(), "infer_steps": 1},
    }
    for model, job, member in SHAPES:
        more = {"mode": "image-editing"} if (model, job) == ("eigen-image", "edit") else {}
        exchange = context.ask(FORM, model=model, **requests[job], **more)
        if not holds(context, exchange, member):
            message = f"{model} should put the result of the {job} under {member!r}; that property is missing"
            yield context.finding(
                "models_answer_in_their_own_shape", message, "#/components/schemas/GenerateResult", exchange
            )


def holds(context: ScenarioContext, exchange: Exchange, member: str) -> bool:
    return member in members_of(CheckContext(context.oracle, exchange).document)
