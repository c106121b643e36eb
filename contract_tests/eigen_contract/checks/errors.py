"""Errors are for people: whatever went wrong, the body says so in words."""

import re
from collections.abc import Iterator
from typing import Any

from eigen_contract.checks.subject import Subject
from eigen_contract.exchange import WRONG_KEY, Finding
from eigen_contract.shapes import items, members

NAMES = ("message", "error", "detail", "msg")
"""Names under which words stand; the last one inside lists, as common frameworks write it."""


INNARDS = re.compile(
    rb"Traceback \(most recent call last\)|File \"[^\"]+\", line \d+|\bat [\w.$]+\([\w.]+:\d+\)"
)
"""How stack traces look: Python's, and Java's or JavaScript's."""


def errors_keep_innards_to_themselves(subject: Subject) -> Iterator[Finding]:
    """No error shows where in the server's code it arose."""
    if subject.response.status < 400:
        return
    shown = INNARDS.search(subject.response.body)
    if shown:
        yield subject.finding(
            "errors_keep_innards_to_themselves", f"the error shows a stack trace: {shown[0]!r}"
        )


def errors_keep_keys_to_themselves(subject: Subject) -> Iterator[Finding]:
    """No answer repeats the key that was sent: what is wrong by a letter would stand in logs and reports."""
    response = subject.response
    said = response.body + "\n".join(value for _, value in response.headers).encode("latin-1", "replace")
    if subject.request.auth == "wrong" and WRONG_KEY.encode() in said:
        yield subject.finding("errors_keep_keys_to_themselves", "the answer repeats the key that was sent")


def errors_have_a_message(subject: Subject) -> Iterator[Finding]:
    """The body of an error holds a message that is not empty."""
    if subject.response.status < 400 or subject.request.method == "HEAD":
        return
    if not message_of(subject.document):
        body = subject.response.body[:80].decode(errors="replace")
        message = f"the body of {subject.response.status} holds no message: {body!r}"
        yield subject.finding("errors_have_a_message", message, "#/components/schemas/Error")


def message_of(document: Any) -> str:
    """Find the words of an error under the names that the spec assumes; empty if there are none."""
    if isinstance(document, str):
        return document.strip()
    if isinstance(document, list):
        return next((found for item in items(document) if (found := message_of(item))), "")
    known = members(document)
    present = (known[name] for name in NAMES if name in known)
    return next((found for value in present if (found := message_of(value))), "")
