"""Media: complete to the last byte, strict base64, the format that was asked for."""

from collections.abc import Iterator

from eigen_contract.checks.context import CheckContext
from eigen_contract.checks.formats import PICTURE_FORMATS
from eigen_contract.decoding import BrokenMediaError, decode, sniff
from eigen_contract.decoding.wav import wav_format
from eigen_contract.exchange import Finding

WAV = "PCM 16 bit, 24000 Hz, 1 channel"
"""What the contract says of every WAV, in the words of `wav_format`."""
AUDIO = "#/components/schemas/AudioBytes"


def media_is_whole(context: CheckContext) -> Iterator[Finding]:
    """Every picture, sound and video decodes completely, as the media type that the answer states."""
    for place, data in context.media:
        # JSON states no media type, so the first bytes have to say what follows them.
        stated = sniff(data) if place != "the body" else context.response.media_type
        if stated is None:
            message = f"{place} ({len(data)} bytes) is not a picture, a sound or a video of a known format"
            yield context.finding("media_is_whole", message)
            continue
        try:
            decode(data, stated)
        except BrokenMediaError as error:
            message = f"{place} ({len(data)} bytes) does not decode as {stated}: {error}"
            yield context.finding("media_is_whole", message)


def base64_is_strict(context: CheckContext) -> Iterator[Finding]:
    """Base64 in JSON is bare and strict (RFC 4648, section 4): padded, no line breaks, no URL alphabet."""
    for member in context.encoded:
        if member.decoded() is None:
            yield context.finding(
                "base64_is_strict",
                f"{member.pointer} should be strict base64 (RFC 4648, section 4); got {member.text[:40]!r}",
            )


def output_format_is_honoured(context: CheckContext) -> Iterator[Finding]:
    """An edited picture has the format that `output_format` names."""
    wanted = PICTURE_FORMATS[str(context.members["output_format"]).lower()]
    for place, data in context.media:
        if (got := sniff(data)) != wanted:
            yield context.finding(
                "output_format_is_honoured",
                f"the request asks for output_format {wanted}; {place} is {got or 'of an unknown format'}",
            )


def wav_is_as_documented(context: CheckContext) -> Iterator[Finding]:
    """A WAV is PCM of 16 bits, 24 kHz and one channel, as the contract documents it."""
    try:
        found = wav_format(context.response.body)
    except BrokenMediaError:
        return
    if found != WAV:
        yield context.finding(
            "wav_is_as_documented", f"the contract documents WAV as {WAV}; got {found}", AUDIO
        )
