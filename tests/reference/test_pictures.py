"""The engine that draws and edits."""

import importlib
import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from eigen_reference.engines import pictures, sound
from eigen_reference.engines.errors import DearWorkError, InputTooLongError, UnreadableInputError
from eigen_reference.engines.values import Drawing, Edit, Source
from tests.reference.decoders import raster

importlib.import_module("pillow_heif.HeifImagePlugin")  # registers itself, to write what is to be read


def small(prompt: str, seed: int | None = None) -> bytes:
    return pictures.draw(Drawing(prompt, width=64, height=48, seed=seed))


def edited(
    *sources: bytes, prompt: str = "make it blue", image_format: str = "png", megapixels: float | None = None
) -> bytes:
    named = tuple(Source("image", content) for content in sources)
    return pictures.edit(Edit(named, prompt, image_format=image_format, megapixels=megapixels))


def test_draws_the_size_that_is_asked_for() -> None:
    decoded = raster(small("a cat"))
    assert (decoded.width, decoded.height) == (64, 48)


def test_draws_the_same_bytes_for_the_same_drawing() -> None:
    assert small("a cat", seed=3) == small("a cat", seed=3)


def test_draws_seven_and_seven_point_zero_alike() -> None:
    assert small("a cat", seed=7) == pictures.draw(Drawing("a cat", width=64, height=48, seed=7.0))


@pytest.mark.parametrize("other", [small("a dog"), small("a cat", seed=1), small("a cat at night")])
def test_prompt_and_seed_change_the_picture(other: bytes) -> None:
    assert raster(small("a cat")).pixels != raster(other).pixels


def test_a_negative_prompt_takes_the_subject_away() -> None:
    orange = bytes((242, 123, 36))
    drawn = pictures.draw(Drawing("an orange cat", width=256, height=256))
    without = pictures.draw(Drawing("an orange cat", negative_prompt="cat orange", width=256, height=256))
    assert raster(drawn).pixels.count(orange) > 1000 > raster(without).pixels.count(orange)


def test_an_edit_keeps_the_size_and_changes_the_picture() -> None:
    source = small("a cat")
    before, after = raster(source), raster(edited(source))
    assert (after.width, after.height) == (before.width, before.height)
    assert after.pixels != before.pixels


@pytest.mark.parametrize("prompt", ["", "replace the bag", "sketch", "invert", "sepia", "grayscale"])
def test_every_edit_shows_even_on_one_colour(prompt: str) -> None:
    plain = pictures.encode(Image.new("RGB", (40, 40), (128, 128, 128)), "png")
    assert len(set(zip(*[iter(raster(edited(plain, prompt=prompt)).pixels)] * 3, strict=True))) > 1


@pytest.mark.parametrize("image_format", ["png", "jpeg", "webp"])
@pytest.mark.parametrize(
    ("mode", "saved_as", "metadata"),
    [
        ("I;16", "png", {"transparency": 0}),
        ("L", "png", {"transparency": 7}),
        ("P", "png", {"transparency": bytes((0, 255))}),
        ("1", "png", {"transparency": 0}),
        ("RGB", "png", {"transparency": (1, 2, 3)}),
        ("P", "gif", {"transparency": 3, "comment": b"made by hand"}),
        ("CMYK", "jpeg", {"icc_profile": b"a profile for four inks", "dpi": (72, 72)}),
        ("LA", "webp", {"xmp": b"<x/>", "exif": Image.Exif().tobytes()}),
    ],
)
def test_an_edit_takes_the_colours_of_a_source_and_not_its_metadata(
    mode: str, saved_as: str, metadata: dict[str, object], image_format: str
) -> None:
    source = io.BytesIO()
    Image.new(mode, (40, 30)).save(source, saved_as, **metadata)
    with Image.open(io.BytesIO(edited(source.getvalue(), image_format=image_format))) as image:
        assert image.size == (40, 30)
        assert image.mode == "RGB"
        assert not image.info.keys() & metadata.keys() - {"dpi"}


def test_an_edit_shrinks_only_what_is_larger_than_asked() -> None:
    source = pictures.draw(Drawing("a cat", width=400, height=250))
    smaller, same = raster(edited(source, megapixels=0.025)), raster(edited(source, megapixels=5))
    assert (smaller.width, smaller.height) == (200, 125)
    assert (same.width, same.height) == (400, 250)


def test_further_sources_show_in_the_edit() -> None:
    first, second = small("a cat"), small("a house")
    assert raster(edited(first)).pixels != raster(edited(first, second)).pixels


@pytest.mark.parametrize(
    ("image_format", "magic"), [("png", b"\x89PNG"), ("jpeg", b"\xff\xd8\xff"), ("webp", b"RIFF")]
)
def test_an_edit_comes_in_the_format_asked_for(image_format: str, magic: bytes) -> None:
    picture = edited(small("a cat"), image_format=image_format)
    assert picture.startswith(magic)
    assert raster(picture).width == 64


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"not a picture",
        small("a cat")[:200],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
    ],
)
def test_refuses_what_is_no_whole_picture(content: bytes) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        edited(content)
    assert caught.value.field == "image"


@pytest.mark.parametrize("side", [7_000, 60_000])
def test_refuses_a_picture_that_would_fill_the_memory(side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    with pytest.raises(InputTooLongError, match="megapixels"):
        edited(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82")


def test_a_reference_stands_for_a_picture_of_its_own() -> None:
    one, two = (
        pictures.open_source(Source("image_path", reference=f"https://a.test/{name}")) for name in "ab"
    )
    assert one.tobytes() != two.tobytes()


@pytest.mark.parametrize("saved_as", [*pictures.FORMATS, pictures.HEIF])
def test_takes_every_format_that_it_says(saved_as: str) -> None:
    source = io.BytesIO()
    Image.new("RGB", (48, 32), (200, 30, 30)).save(source, saved_as)
    with Image.open(io.BytesIO(edited(source.getvalue(), prompt="p"))) as image:
        assert (image.width, image.height) in ((48, 32), (32, 21))  # an icon has a size of its own


def heic(**metadata: bytes) -> bytes:
    """Return a picture as a phone takes it, red on the left and blue on the right."""
    image = Image.new("RGB", (640, 480), (200, 30, 30))
    image.paste((20, 20, 220), (320, 0, 640, 480))
    source = io.BytesIO()
    image.save(source, pictures.HEIF, quality=95, **metadata)
    return source.getvalue()


def test_a_picture_of_a_phone_is_the_picture_that_it_is() -> None:
    opened = pictures.open_source(Source("image", heic()))
    assert opened.size == (640, 480)
    left, right = opened.getpixel((100, 240)), opened.getpixel((540, 240))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 150 > 60 > left[2]
    assert right[2] > 150 > 60 > right[0]


def test_a_picture_of_a_phone_is_turned_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert pictures.open_source(Source("image", heic(exif=exif.tobytes()))).size == (480, 640)


def test_a_cut_off_picture_of_a_phone_is_refused() -> None:
    whole = heic()
    for length in (12, 40, 300, len(whole) // 2):
        with pytest.raises(UnreadableInputError, match=r", HEIC$"):
            edited(whole[:length])


def test_the_pixels_of_a_picture_of_a_phone_are_counted_before_it_is_decoded() -> None:
    source = io.BytesIO()
    Image.new("L", (7_000, 6_000)).save(source, pictures.HEIF, quality=1)
    with pytest.raises(InputTooLongError, match="megapixels"):
        pictures.measure((Source("image", source.getvalue()),))


@pytest.mark.parametrize(
    "content", [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"<svg/>", b"%PDF-1.7", b"\xff\x0a\0\0", b"8BPS\0\1"]
)
def test_what_is_not_taken_is_told_what_is(content: bytes) -> None:
    with pytest.raises(UnreadableInputError, match=r"taken are PNG, JPEG, WEBP, GIF, .*, TGA, HEIC$"):
        edited(content)


def test_the_page_for_callers_names_what_is_taken() -> None:
    page = (Path(__file__).parents[2] / "docs" / "test-your-program-offline.md").read_text("utf-8")
    words = set(re.findall(r"[A-Z0-9-]+", page.upper()))
    spelt = {"JPEG2000": "2000", "HEIF": "HEIC"}
    assert {spelt.get(name, name) for name in (*pictures.FORMATS, pictures.HEIF)} <= words
    assert {word.upper() for word in re.findall(r"[\w-]+", sound.TAKEN)} <= words


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff\x00\x00\x00\x00",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x09\xff\xff\xff\xff\0\0\0\x06",
        b"Exif\0\0garbage, and no header of a TIFF",
    ],
)
@pytest.mark.parametrize("saved_as", ["jpeg", "png", "webp"])
def test_a_picture_with_broken_exif_is_the_picture_that_it_is(saved_as: str, exif: bytes) -> None:
    source = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 200, 10)).save(source, saved_as, exif=exif)
    assert raster(edited(source.getvalue())).width == 40


def test_a_picture_is_turned_as_its_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = io.BytesIO()
    Image.new("RGB", (40, 30)).save(source, "jpeg", exif=exif)
    decoded = raster(edited(source.getvalue()))
    assert (decoded.width, decoded.height) == (30, 40)


def plain(width: int, height: int) -> Source:
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "png")
    return Source("images", buffer.getvalue())


@pytest.mark.parametrize("size", [(pictures.MAX_SIDE + 1, 1), (1, 30_000)])
def test_refuses_a_side_that_no_answer_could_have(size: tuple[int, int]) -> None:
    with pytest.raises(InputTooLongError, match="side"):
        pictures.measure((plain(*size),))


@pytest.mark.parametrize("image_format", ["png", "jpeg", "webp"])
def test_the_longest_side_can_be_answered_in_every_format(image_format: str) -> None:
    (source,) = (plain(pictures.MAX_SIDE, 2),)
    assert edited(source.content or b"", image_format=image_format)


def test_the_pictures_of_a_request_are_judged_together_before_any_is_decoded() -> None:
    nine = tuple(plain(6_000, 2_000) for _ in range(9))
    with pytest.raises(InputTooLongError, match="100 megapixels together"):
        pictures.measure(nine)
    pictures.measure(nine[:8])


def test_large_pictures_are_dear() -> None:
    pictures.measure((plain(2_048, 2_048),), 2_048 * 2_048)
    with pytest.raises(DearWorkError):
        pictures.measure((plain(2_048, 2_048), plain(1, 1)), 2_048 * 2_048)
