"""Which answers a check has something to say about. What it does not apply to, it has not judged.

A report counts for each check and operation the exchanges that were judged, so that a check that never had
anything to look at is not taken for one that was passed.
"""

from eigen_contract.checks.context import CheckContext
from eigen_contract.checks.formats import PICTURE_FORMATS


def always(_: CheckContext) -> bool:
    return True


def has_settled_verdict(context: CheckContext) -> bool:
    return context.verdict.ruling != "either"


def has_documented_content(context: CheckContext) -> bool:
    is_documented = context.declared is not None and bool(context.declared.get("content"))
    return is_documented and context.request.method != "HEAD"


def is_documented_json(context: CheckContext) -> bool:
    return context.response.media_type.endswith("json") and context.content is not None


def is_plain_text(context: CheckContext) -> bool:
    return context.succeeded and context.response.media_type == "text/plain"


def is_event_stream(context: CheckContext) -> bool:
    return context.succeeded and context.response.media_type == "text/event-stream"


def is_wav(context: CheckContext) -> bool:
    return context.succeeded and context.response.media_type == "audio/wav"


def is_known_job(context: CheckContext) -> bool:
    return context.succeeded and bool(context.variants)


def carries_media(context: CheckContext) -> bool:
    return context.succeeded and bool(context.media)


def carries_base64(context: CheckContext) -> bool:
    return bool(context.encoded)


def is_edit_in_a_chosen_format(context: CheckContext) -> bool:
    is_edit = context.succeeded and context.asks_only("ImageEdit", "ImageEditByReference")
    return is_edit and str(context.members.get("output_format", "")).lower() in PICTURE_FORMATS


def is_generated_picture(context: CheckContext) -> bool:
    return context.succeeded and context.asks_only("ImageGeneration")


def is_error(context: CheckContext) -> bool:
    return context.response.status >= 400


def is_error_with_body(context: CheckContext) -> bool:
    return is_error(context) and context.request.method != "HEAD"


def has_wrong_key(context: CheckContext) -> bool:
    return context.request.auth == "wrong"


def has_declared_headers(context: CheckContext) -> bool:
    return bool((context.declared or {}).get("headers"))


def is_refusal_with_a_remedy(context: CheckContext) -> bool:
    """Return whether a refusal has to say what would be accepted (RFC 9110, sections 10.2.1 and 11.6.1)."""
    return context.response.status in (401, 405)
