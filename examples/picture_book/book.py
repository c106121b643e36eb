"""Makes a picture book of a text: a picture and a voice for each paragraph, several at once.

    python book.py story.txt -o book

A page whose files are there is left as it is, so a second run goes on where the first one stopped and pays
for nothing twice. Exits with 1 if a page could not be made.
"""

import argparse
import asyncio
import html
import sys
from pathlib import Path

from eigen_generate import AsyncEigenGenerate, EigenGenerateError, OutcomeUnknownError

# So many pages are made at the same time. More only wait at the server, or are refused by it.
PAGES_AT_ONCE = 3


async def main() -> int:
    """Make the book, and return the exit status."""
    parser = argparse.ArgumentParser(description="Makes a picture book of a text.")
    parser.add_argument("story", type=Path, help="a text; each paragraph becomes a page")
    parser.add_argument("-o", "--out", type=Path, default=Path("book"), help="the folder of the book")
    options = parser.parse_args()
    paragraphs = [
        " ".join(part.split()) for part in options.story.read_text("utf-8").split("\n\n") if part.strip()
    ]
    options.out.mkdir(parents=True, exist_ok=True)

    free_places = asyncio.Semaphore(PAGES_AT_ONCE)
    async with AsyncEigenGenerate() as client:
        pages = [
            make_page(client, free_places, options.out / f"page-{number}", paragraph)
            for number, paragraph in enumerate(paragraphs, 1)
        ]
        is_made = await asyncio.gather(*pages)
    (options.out / "index.html").write_text(book(paragraphs), "utf-8")
    print(f"{sum(is_made)} of {len(is_made)} pages are in {options.out}")
    return 0 if all(is_made) else 1


async def make_page(
    client: AsyncEigenGenerate, free_places: asyncio.Semaphore, page: Path, text: str
) -> bool:
    """Make the picture and the voice of a page, beside each other; return whether both are there."""
    async with free_places:
        outcomes = await asyncio.gather(
            make_picture(client, page.with_suffix(".png"), text),
            make_voice(client, page.with_suffix(".wav"), text),
            return_exceptions=True,
        )
    failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    for failure in failures:
        if not isinstance(failure, EigenGenerateError):
            raise failure
        advice = (
            "look before you run it again" if isinstance(failure, OutcomeUnknownError) else "run it again"
        )
        print(f"{page.name}: {failure} ({advice})", file=sys.stderr)
    return not failures


async def make_picture(client: AsyncEigenGenerate, path: Path, text: str) -> None:
    """Draw the text, unless that was done before."""
    if path.exists():
        return
    # The seed makes the same picture again if the book is made anew.
    picture = await client.images.generate(model="eigen-image", prompt=text, size="768x512", seed=7)
    await picture.asave(path)


async def make_voice(client: AsyncEigenGenerate, path: Path, text: str) -> None:
    """Speak the text to the disk as it comes, unless that was done before."""
    if path.exists():
        return
    async with await client.audio.speak(model="higgs2p5", text=text, voice="Linda", stream=True) as stream:
        await stream.save(path)  # whole or not at all, so that a file that exists is complete


def book(paragraphs: list[str]) -> str:
    """Return the page that shows the book."""
    pages = [
        f'<section><img src="page-{number}.png" alt=""><p>{html.escape(text)}</p>'
        f'<audio controls src="page-{number}.wav"></audio></section>'
        for number, text in enumerate(paragraphs, 1)
    ]
    return '<!doctype html><meta charset="utf-8"><title>A picture book</title>\n' + "\n".join(pages) + "\n"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
