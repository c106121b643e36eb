"""Media: complete to the last byte, strict base64, the format that was asked for."""

from collections.abc import Iterator

from eigen_contract.checks.context import CheckContext
from eigen_contract.decoding import BrokenMediaError, decode, sniff
from eigen_contract.decoding.sounds import wav_format
from eigen_contract.exchange import Finding

PICTURE_FORMATS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}

WAV = "PCM 16 bit, 24000 Hz, 1 channel"
"""What the contract says of every WAV, in the words of `wav_format`."""
AUDIO = "#/components/schemas/AudioBytes"


def media_is_whole(context: CheckContext) -> Iterator[Finding]:
    """Every picture, sound and video decodes completely, as the media type that the answer states."""
    if not context.succeeded:
        return
    for place, data in context.media:
        in_json = place != "the body"
        stated = (sniff(data) or "image/unknown") if in_json else context.response.media_type
        try:
            decode(data, stated)
        except BrokenMediaError as error:
            yield context.finding(
                "media_is_whole", f"{place} ({len(data)} bytes) does not decode as {stated}: {error}"
            )


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
    wanted = PICTURE_FORMATS.get(str(context.members.get("output_format", "")).lower())
    if wanted is None or not context.succeeded or not context.asks_only("ImageEdit", "ImageEditByReference"):
        return
    for place, data in context.media:
        if (got := sniff(data)) != wanted:
            yield context.finding(
                "output_format_is_honoured",
                f"the request asks for output_format {wanted}; {place} is {got or 'of an unknown format'}",
            )


def wav_is_as_documented(context: CheckContext) -> Iterator[Finding]:
    """A WAV is PCM of 16 bits, 24 kHz and one channel, as the contract documents it."""
    if not context.succeeded or context.response.media_type != "audio/wav":
        return
    try:
        found = wav_format(context.response.body)
    except BrokenMediaError:
        return
    if found != WAV:
        yield context.finding(
            "wav_is_as_documented", f"the contract documents WAV as {WAV}; got {found}", AUDIO
        )
