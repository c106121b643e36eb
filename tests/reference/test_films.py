"""The engine that films."""

import pytest

from eigen_reference.engines.errors import UnreadableInputError
from eigen_reference.engines.films import film
from eigen_reference.engines.values import Film, Source
from tests.reference.decoders import frames_announced, frames_decoded, raster


@pytest.mark.parametrize("frames", [1, 2, 17])
def test_makes_as_many_frames_as_asked(frames: int) -> None:
    made = film(Film("a cat", frames=frames))
    assert frames_announced(made) == frames_decoded(made) == frames


def test_makes_the_same_bytes_again() -> None:
    assert film(Film("a cat", frames=5, seed=1)) == film(Film("a cat", frames=5, seed=1))


@pytest.mark.parametrize(
    "other", [Film("a dog", frames=5), Film("a cat", frames=5, seed=1), Film("a cat", frames=5, steps=20)]
)
def test_prompt_seed_and_steps_change_the_film(other: Film) -> None:
    assert film(other) != film(Film("a cat", frames=5))


def test_starts_with_the_picture_and_keeps_its_shape(png: bytes) -> None:
    first = raster(film(Film("it moves", source=Source("image", png), frames=3)))
    assert first.width / first.height == pytest.approx(96 / 64, rel=0.02)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (333, 17)])
def test_takes_a_picture_of_any_shape(size: tuple[int, int]) -> None:
    from PIL import Image

    from eigen_reference.engines import pictures

    source = Source("image", pictures.encode(Image.new("RGB", size), "png"))
    assert frames_decoded(film(Film("it moves", source=source, frames=2))) == 2


def test_refuses_what_is_no_picture() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        film(Film("it moves", source=Source("image", b"no picture")))
    assert caught.value.field == "image"
