"""Call the installed client as a program would: `python -I call_all_jobs.py URL FOLDER`."""

import asyncio
import sys
from pathlib import Path

import eigen_generate
from eigen_generate import AsyncEigenGenerate, EigenGenerate

KEY = "test-key"


def main(base_url: str, folder: Path) -> None:
    """Make a picture and a speech, read the speech, and do it once more asynchronously."""
    # An environment: its folder is the prefix of everything that it has installed.
    assert Path(eigen_generate.__file__).is_relative_to(sys.prefix), eigen_generate.__file__
    with EigenGenerate(api_key=KEY, base_url=base_url) as client:
        client.images.generate(model="test", prompt="A cat").save(folder / "cat.png")
        speech = client.audio.speak(model="test", text="Hello there", voice="Linda")
        speech.save(folder / "hello.wav")
        assert client.audio.transcribe(model="test", file=folder / "hello.wav", language="en").text
    asyncio.run(_edit(base_url, folder))
    print(", ".join(f"{path.name} {path.stat().st_size} bytes" for path in sorted(folder.iterdir())))


async def _edit(base_url: str, folder: Path) -> None:
    async with AsyncEigenGenerate(api_key=KEY, base_url=base_url) as client:
        edited = await client.images.edit(
            model="test", prompt="A dog", image_file=folder / "cat.png", binary_response=True
        )
        edited.save(folder / "dog.png")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
