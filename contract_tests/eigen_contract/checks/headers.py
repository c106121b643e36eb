"""Headers: well-formed, as the spec declares them, and present where HTTP itself asks for them."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
"""A field name (RFC 9110, section 5.1)."""
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")
"""A field value (RFC 9110, section 5.5)."""

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
BEARER = re.compile(r"(?i)(^|,)\s*bearer\b")
"""A challenge of the scheme, among others (RFC 9110, section 11.6.1; RFC 6750, section 3)."""
SINGLE = ("content-type", "content-length", "location", "retry-after")
"""Fields of which there is one at most (RFC 9110, section 5.3)."""


def headers_are_well_formed(context: CheckContext) -> Iterator[Finding]:
    """Headers are well-formed, Content-Length is the length of the body, a body has a Content-Type."""
    response = context.response
    for name, value in response.headers:
        if not TOKEN.match(name) or not VALUE.match(value):
            yield context.finding(
                "headers_are_well_formed",
                f"the header {name!r} has a name or a value that HTTP does not allow: {value!r}",
            )
    for name in SINGLE:
        values = {value for key, value in response.headers if key.lower() == name}
        if len(values) > 1:
            message = f"the header {name} may come once; it came with the values {sorted(values)}"
            yield context.finding("headers_are_well_formed", message)
    length = response.header("content-length")
    encoded = response.header("content-encoding") is not None
    if (
        length is not None
        and not encoded
        and context.request.method != "HEAD"
        and length != str(len(response.body))
    ):
        message = f"Content-Length is {length}, but the body has {len(response.body)} bytes"
        yield context.finding("headers_are_well_formed", message)
    if response.body and not response.media_type:
        yield context.finding(
            "headers_are_well_formed", f"the body of {len(response.body)} bytes comes without a Content-Type"
        )


def declared_headers_match(context: CheckContext) -> Iterator[Finding]:
    """A header that the contract declares has a value of the declared type."""
    for name, node in (context.declared or {}).get("headers", {}).items():
        value = context.response.header(name)
        declared, pointer = context.contract.follow(node, f"{context.pointer}/headers/{name}")
        kind = declared.get("schema", {}).get("type")
        if value is None:
            if declared.get("required"):
                yield context.finding(
                    "declared_headers_match",
                    f"the contract requires the header {name}; it is missing",
                    pointer,
                )
        elif kind in ("number", "integer") and not is_number(value):
            yield context.finding(
                "declared_headers_match",
                f"the header {name} should be of the type {kind}; got {value!r}",
                pointer,
            )
        elif name.lower() == "retry-after" and not is_delay(value):
            yield context.finding(
                "declared_headers_match",
                f"the header {name} should be seconds or an HTTP date; got {value!r}",
                pointer,
            )


def refusals_say_what_would_do(context: CheckContext) -> Iterator[Finding]:
    """401 names the scheme that would do and 405 the methods (RFC 9110, sections 11.6.1 and 10.2.1)."""
    response = context.response
    challenges = [value for name, value in response.headers if name.lower() == "www-authenticate"]
    if response.status == 401 and not any(BEARER.search(value) for value in challenges):
        message = (
            f"a 401 must name Bearer in WWW-Authenticate; that header is {', '.join(challenges) or 'missing'}"
        )
        yield context.finding("refusals_say_what_would_do", message, "#/security")
    if response.status == 405:
        allowed = {method.strip().upper() for method in (response.header("allow") or "").split(",")}
        missing = set(context.contract.methods_of(context.request.path)) - allowed
        if missing:
            message = (
                f"a 405 must list the allowed methods in Allow; {', '.join(sorted(missing))} is missing there"
            )
            yield context.finding("refusals_say_what_would_do", message, "#/paths")
        if context.request.method in allowed:
            message = f"{context.request.method} was refused with 405, although the header Allow lists it"
            yield context.finding("refusals_say_what_would_do", message, "#/paths")


def is_number(text: str) -> bool:
    """Say whether a text is a number as JSON writes it; Python also reads `nan`, `1_000` and `inf`."""
    return NUMBER.match(text) is not None


def is_delay(text: str) -> bool:
    """Say whether a text is a delay in seconds or an HTTP date (RFC 9110, section 10.2.3)."""
    if text.strip().isascii() and text.strip().isdigit():
        return True
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True
