"""Somebody's program: makes a greeting card, which is a picture with a spoken greeting beside it."""

from pathlib import Path

from eigen_generate import EigenGenerate, EigenGenerateError, OutcomeUnknownError


class CardError(Exception):
    """There is no card; the text is for the person who asked for it."""


def make_card(client: EigenGenerate, name: str, folder: Path) -> list[Path]:
    """Make the card of a person in `folder`, and return its files.

    Raises CardError if the service does not make it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        picture = client.images.generate(
            model="eigen-image", prompt=f"A birthday cake for {name}", size="512x512"
        )
        greeting = client.audio.speak(model="higgs2p5", text=f"Happy birthday, {name}!", voice="Linda")
    except OutcomeUnknownError as error:
        raise CardError(
            "The card may have been made and billed. Ask us before you order it again."
        ) from error
    except EigenGenerateError as error:
        raise CardError("No card today. Nothing was billed; please try again later.") from error
    return [picture.save(folder / "cake"), greeting.save(folder / "greeting")]
