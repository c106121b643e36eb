# By `python -m generator build`.
"""The command line: `eigen-generate --help`."""

import sys

from . import __version__
from ._runtime.command import Command, Serve, run
from .client import EigenGenerate
from .resources.audio import AudioResource
from .resources.images import ImagesResource
from .resources.videos import VideosResource


def main() -> int:
	"""Do what the command line says; give the exit status."""
	commands: dict[str, Command | Serve] = {
		"image": Command(ImagesResource.generate, "images.generate", "prompt", None),
		"edit": Command(ImagesResource.edit, "images.edit", "prompt", None),
		"transcribe": Command(AudioResource.transcribe, "audio.transcribe", "file", None),
		"speak": Command(AudioResource.speak, "audio.speak", "text", None),
		"video": Command(VideosResource.generate, "videos.generate", "prompt", "videos.wait"),
		"serve": Serve("eigen_reference", "eigen-contract[reference]"),
	}
	return run(EigenGenerate, "eigen-generate", __version__, commands)


if __name__ == "__main__":
	sys.exit(main())
