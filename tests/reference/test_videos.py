"""The engine that videos."""

import pytest

from eigen_reference.engines.errors import UnreadableInputError
from eigen_reference.engines.values import Source, Video
from eigen_reference.engines.videos import video
from tests.reference.decoders import frames_announced, frames_decoded, raster


@pytest.mark.parametrize("frames", [1, 2, 17])
def test_makes_as_many_frames_as_asked(frames: int) -> None:
    made = video(Video("a cat", frames=frames))
    assert frames_announced(made) == frames_decoded(made) == frames


def test_makes_the_same_bytes_again() -> None:
    assert video(Video("a cat", frames=5, seed=1)) == video(Video("a cat", frames=5, seed=1))


@pytest.mark.parametrize(
    "other", [Video("a dog", frames=5), Video("a cat", frames=5, seed=1), Video("a cat", frames=5, steps=20)]
)
def test_prompt_seed_and_steps_change_the_video(other: Video) -> None:
    assert video(other) != video(Video("a cat", frames=5))


def test_starts_with_the_picture_and_keeps_its_shape(png: bytes) -> None:
    first = raster(video(Video("it moves", source=Source("image", png), frames=3)))
    assert first.width / first.height == pytest.approx(96 / 64, rel=0.02)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (333, 17)])
def test_takes_a_picture_of_any_shape(size: tuple[int, int]) -> None:
    from PIL import Image

    from eigen_reference.engines import pictures

    source = Source("image", pictures.encode(Image.new("RGB", size), "png"))
    assert frames_decoded(video(Video("it moves", source=source, frames=2))) == 2


def test_refuses_what_is_no_picture() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        video(Video("it moves", source=Source("image", b"no picture")))
    assert caught.value.field == "image"
