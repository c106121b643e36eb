"""Media that is cut short, damaged, mislabelled or followed by something is broken."""

from io import BytesIO

import pytest
from PIL import Image

from eigen_contract.decoding import BrokenMediaError, decode
from eigen_contract.media import mp3, png, wav


def picture(kind: str) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


WHOLE = {
    "image/png": png(),
    "image/jpeg": picture("JPEG"),
    "image/webp": picture("WEBP"),
    "audio/wav": wav(),
    "audio/mpeg": mp3(),
    "audio/pcm": bytes(40),
}


@pytest.mark.parametrize("media_type", WHOLE)
def test_whole_media_decodes(media_type: str) -> None:
    assert decode(WHOLE[media_type], media_type)


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp", "audio/wav"])
@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.999])
def test_media_that_is_cut_short_is_broken(media_type: str, kept: float) -> None:
    data = WHOLE[media_type]
    with pytest.raises(BrokenMediaError):
        decode(data[: int(len(data) * kept)], media_type)


def test_one_wrong_bit_in_a_png_is_seen() -> None:
    data = bytearray(png())
    data[5000] ^= 1
    with pytest.raises(BrokenMediaError, match="CRC"):
        decode(bytes(data), "image/png")


@pytest.mark.parametrize("media_type", ["image/png", "audio/wav"])
def test_bytes_after_the_end_are_seen(media_type: str) -> None:
    with pytest.raises(BrokenMediaError):
        decode(WHOLE[media_type] + b"more", media_type)


def test_a_wrong_label_is_seen() -> None:
    with pytest.raises(BrokenMediaError, match="audio/wav"):
        decode(png(), "audio/wav")


def test_an_odd_number_of_bytes_is_no_samples() -> None:
    with pytest.raises(BrokenMediaError, match="whole number"):
        decode(bytes(3), "audio/pcm")
