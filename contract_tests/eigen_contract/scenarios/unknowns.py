"""Properties that the contract does not know, and values that look like another type."""

from collections.abc import Iterator

from eigen_contract.compose import Upload
from eigen_contract.exchange import Finding
from eigen_contract.media import png, wav
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext


def unknown_members_are_tolerated(context: ScenarioContext) -> Iterator[Finding]:
    """An unknown property is ignored, in JSON and in a form."""
    for media_type in (JSON, FORM):
        members = {"model": "eigen-image", "prompt": "a tower", "width": 512, "height": 512}
        exchange = context.ask(media_type, **members, not_known_yet="1")
        yield from refused(
            context,
            exchange,
            "unknown_members_are_tolerated",
            {200},
            f"a valid request with one unknown property, sent as {media_type}",
        )


def texts_in_forms_stay_texts(context: ScenarioContext) -> Iterator[Finding]:
    """In a form a text may look like a number, a boolean or JSON, and is a text all the same."""
    for prompt, negative_prompt in (("15", "true"), ('{"a": 1}', "null")):
        members = {"prompt": prompt, "negative_prompt": negative_prompt}
        exchange = context.ask(FORM, model="eigen-image", width=512, height=512, **members)
        what = f"the prompt {prompt!r} and the negative_prompt {negative_prompt!r} in a form"
        yield from refused(context, exchange, "texts_in_forms_stay_texts", {200}, what)


def scalars_are_read_by_their_declared_type(context: ScenarioContext) -> Iterator[Finding]:
    """In a form a number must be a number, and a boolean must be a boolean."""
    for name, text in {"seed": "many", "width": "512.5", "real_time": "True", "guidance_scale": ""}.items():
        exchange = context.ask(FORM, model="eigen-image", prompt="a tower", **{name: text})
        what = f"{name}={text!r} in a form"
        yield from refused(context, exchange, "scalars_are_read_by_their_declared_type", {400}, what)


def requests_of_no_job_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """A body that fits no job, or several jobs at once, is refused with 400."""
    image, sound = Upload("a.png", "image/png", png()), Upload("a.wav", "audio/wav", wav())
    bodies = (
        (JSON, {"model": "eigen-image"}),
        (JSON, {"prompt": "a tower"}),
        (JSON, {"model": 5, "prompt": "a tower"}),
        (JSON, {"model": "m", "prompt": "p", "text": "t", "image_path": "https://example.com/a.png"}),
        (FORM, {"model": "m", "file": sound, "image_file": image}),
        (FORM, {"model": "m", "text": "hello", "image": image}),
        (FORM, {"model": "m"}),
    )
    for media_type, members in bodies:
        exchange = context.ask(media_type, **members)
        names = ", ".join(members)
        what = f"a body of {names} alone, which fits no job or several, sent as {media_type}"
        yield from refused(context, exchange, "requests_of_no_job_are_refused", {400}, what)
