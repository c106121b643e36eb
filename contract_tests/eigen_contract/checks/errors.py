"""Errors: each has a message for people, and shows neither a stack trace nor a key."""

import re
from collections.abc import Iterator
from typing import Any

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import WRONG_KEY, Finding
from eigen_contract.shapes import items, members

NAMES = ("message", "error", "detail", "msg")
"""Names under which words stand; the last one inside lists, as common frameworks write it."""


INNARDS = re.compile(
    rb"Traceback \(most recent call last\)|File \"[^\"]+\", line \d+|\bat [\w.$]+\([\w.]+:\d+\)"
)
"""How stack traces look: Python's, and Java's or JavaScript's."""


def errors_keep_innards_to_themselves(context: CheckContext) -> Iterator[Finding]:
    """No error shows a stack trace of the server's code."""
    shown = INNARDS.search(context.response.body)
    if shown:
        yield context.finding(
            "errors_keep_innards_to_themselves",
            f"the body of the {context.response.status} shows a stack trace: {shown[0]!r}",
        )


def errors_keep_keys_to_themselves(context: CheckContext) -> Iterator[Finding]:
    """No answer repeats the key that was sent: a key with a typing error would stand in logs."""
    response = context.response
    repeated = response.body + "\n".join(value for _, value in response.headers).encode("latin-1", "replace")
    if WRONG_KEY.encode() in repeated:
        yield context.finding(
            "errors_keep_keys_to_themselves",
            f"the {response.status} repeats the wrong key that was sent; no answer may repeat a key",
        )


def errors_have_a_message(context: CheckContext) -> Iterator[Finding]:
    """The body of an error has a message that is not empty."""
    if not message_of(context.document):
        body = context.response.body[:80].decode(errors="replace")
        names = ", ".join(NAMES)
        message = (
            f"the body of a {context.response.status} needs a message under one of {names}; got {body!r}"
        )
        yield context.finding("errors_have_a_message", message, "#/components/schemas/Error")


def message_of(document: Any) -> str:
    """Find the words of an error under the names that the spec assumes; empty if there are none."""
    if isinstance(document, str):
        return document.strip()
    if isinstance(document, list):
        return next((found for item in items(document) if (found := message_of(item))), "")
    known = members(document)
    present = (known[name] for name in NAMES if name in known)
    return next((found for value in present if (found := message_of(value))), "")
