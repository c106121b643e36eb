"""Strikes the key out of everything that is written: one door for reports, tapes and messages.

A server can send the key back, by mistake or on purpose, and not only as it was sent: in an escape of JSON,
of a URL or of HTML, character by character as it likes, in UTF-16, in hexadecimal digits, or in base64 at any
of its three alignments. A report may also quote the key in another case or without its last character,
because the scenarios of keys send it so, or cut off where a quotation ends: half of a key is struck out as
well. Nothing is done about what takes a program to undo, such as base64 of base64 or compression.
"""

import base64
import html
import re
from collections.abc import Callable
from functools import lru_cache

from attrs import frozen

HIDDEN = "$EIGENAI_API_KEY"
"""Stands where the key stood, so that a command that is copied from a report still works."""
SHORTEST = 6
"""Characters of the shortest text that is taken for a key; what is shorter cannot be told from other text."""
_BASE64_BLOCK = 3
"""Bytes that become four characters of base64: a text has as many forms, by where in a block it begins."""
# Every repetition has an end: without one, a megabyte of backslashes takes hours to search.
_LINE_BREAK = r"(?:\s|\\{1,8}[rn]|%0[aAdD]){0,4}"
"""What may stand between two characters of base64 (RFC 2045, section 6.8), also as an escape."""
_BACKSLASHES = r"\\{1,8}"
"""Those of an escape; a document that is quoted in another one doubles them."""


@frozen
class Redaction:
    """Strikes one key out of texts and bytes."""

    key: str

    @property
    def is_needed(self) -> bool:
        return len(self.key) >= SHORTEST

    def text(self, text: str) -> str:
        """Return a text without the key."""
        if self.is_needed:
            for form in _forms_of(self.key):
                text = form.strike_out(text)
        return text

    def data(self, data: bytes) -> bytes:
        """Return bytes without the key."""
        # Latin-1 maps every byte to one character and back.
        return self.text(data.decode("latin-1")).encode("latin-1") if self.is_needed else data

    def finds(self, data: bytes) -> bool:
        """Say whether bytes hold the key in any form."""
        return self.data(data) != data


@frozen
class _Form:
    """One form of a key: how its first half is found, and each character after that.

    `begin` finds where it may begin: the pattern of the first half alone is ten times slower.
    """

    begin: re.Pattern[str]
    first_half: re.Pattern[str]
    rest: tuple[re.Pattern[str], ...]
    letters: int
    """Characters of the first half."""
    is_base64: bool

    @classmethod
    def of(
        cls, form: str, spell: Callable[[str], str], between: str, flags: re.RegexFlag, *, is_base64: bool
    ) -> "_Form":
        half = max(SHORTEST, (len(form) + 1) // 2)
        spelled = [spell(letter) for letter in form]
        return cls(
            _beginning(form, flags),
            re.compile(between.join(spelled[:half]), flags),
            tuple(re.compile(between + letter, flags) for letter in spelled[half:]),
            min(half, len(form)),
            is_base64,
        )

    def strike_out(self, text: str) -> str:
        pieces: list[str] = []
        end = 0
        for candidate in self.begin.finditer(text):
            begin = candidate.start()
            match = self.first_half.match(text, begin) if begin >= end else None
            if match is None:
                continue
            pieces.append(text[end:begin])
            end, letters = match.end(), self.letters
            for letter in self.rest:
                if (more := letter.match(text, end)) is None:
                    break
                end, letters = more.end(), letters + 1
            # Base64 keeps its length and its alphabet, so that what holds it can still be decoded.
            pieces.append("A" * letters if self.is_base64 else HIDDEN)
        return "".join([*pieces, text[end:]]) if pieces else text


@lru_cache(maxsize=4)
def _forms_of(key: str) -> tuple[_Form, ...]:
    """Return how a key may be written: as a text, in hexadecimal digits, and in base64."""
    return (
        _Form.of(key, _spelled, r"\x00{0,3}", re.IGNORECASE, is_base64=False),
        _Form.of(key.encode().hex(), re.escape, "", re.IGNORECASE, is_base64=False),
        *(
            _Form.of(form, _base64_letter, _LINE_BREAK, re.NOFLAG, is_base64=True)
            for form in _base64_forms(key)
        ),
    )


def _beginning(form: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """Return what matches where a text may begin, as it is or in escapes, and hardly anything else."""
    either = {"+": "+-", "/": "/_"}
    first = re.escape("".join(sorted({*either.get(form[0], form[0]), *"\\%&"})))
    second = re.escape("".join(sorted({*either.get(form[1], form[1]), *"\\%&#uxa0123456789"})))
    return re.compile(rf"[{first}](?=[{second}\s\x00])", flags)


def _spelled(letter: str) -> str:
    """Return what matches one character, as it is or in an escape."""
    code = ord(letter)
    escapes = (
        rf"{_BACKSLASHES}u{code:04x}",  # JSON (RFC 8259, section 7)
        rf"{_BACKSLASHES}u\{{0{{0,6}}{code:x}\}}",  # JavaScript
        rf"{_BACKSLASHES}x{code:02x}",
        rf"%(?:25){{0,4}}{code:02x}",  # URL (RFC 3986, section 2.1), also if it is escaped again
        rf"&(?:amp;){{0,4}}#0{{0,6}}{code};?",  # HTML, section 13.5
        rf"&(?:amp;){{0,4}}#x0{{0,6}}{code:x};?",
        rf"={code:02x}",  # quoted-printable (RFC 2045, section 6.7)
    )
    literal = rf"\\{{0,8}}{re.escape(letter)}" if letter in "\"'/\\" else re.escape(letter)
    # Escapes come first: the character itself may be what an escape begins with.
    return f"(?:(?i:{'|'.join(escapes)})|{re.escape(html.escape(letter))}|{literal})"


def _base64_forms(text: str) -> list[str]:
    """Return the characters that a text becomes in base64, whatever stands before and after it."""
    forms: list[str] = []
    for offset in range(_BASE64_BLOCK):
        data = bytes(offset) + text.encode()
        encoded = base64.b64encode(data).decode().rstrip("=")
        # The first and the last character may hold bits of the neighbours as well.
        begin, end = -(-offset * 8 // 6), len(data) * 8 // 6
        forms.append(encoded[begin:end])
    return forms


def _base64_letter(letter: str) -> str:
    """Return what matches one character of base64 in both alphabets (RFC 4648, sections 4 and 5)."""
    other = {"+": "-", "/": "_"}.get(letter)
    return f"(?:{_spelled(letter)}|{_spelled(other)})" if other else _spelled(letter)
