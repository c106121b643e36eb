"""Reads curl commands: the shell's quoting with shlex, curl's options with argparse.

An option that is not listed is refused, because what it sends would be missing in the comparison.
"""

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from typing import Any, NoReturn

from .errors import UnreadableError
from .vendor_page import CurlExample, FormPart

_BEGINS = re.compile(r"^\s*(?:[$>]\s*)?(?=curl\s)", re.MULTILINE)
# Options that change nothing of what is compared.
_WITHOUT_VALUE = (
    *("-s", "--silent", "-S", "--show-error", "-f", "--fail", "--fail-with-body", "-L", "--location"),
    *("-N", "--no-buffer", "-k", "--insecure", "-v", "--verbose", "-i", "--include", "-O", "--remote-name"),
    *("-g", "--globoff", "--compressed", "--http1.1", "--http2", "--no-progress-meter"),
)
_WITH_VALUE = (
    *("-m", "--max-time", "--connect-timeout", "--retry", "--retry-delay", "-A", "--user-agent"),
    *("-w", "--write-out", "-e", "--referer", "-D", "--dump-header"),
)


def read_curls(code: str, place: str, title: str) -> Iterator[CurlExample]:
    """Yield each curl command of a block of code. Raises UnreadableError."""
    starts = [match.end() for match in _BEGINS.finditer(code)]
    for start, end in zip(starts, [*starts[1:], len(code)], strict=True):
        try:
            yield _read_command(code[start:end], title)
        except UnreadableError as error:
            raise UnreadableError(f"{place}: the curl command of `{title}`: {error}") from error


def _read_command(text: str, title: str) -> CurlExample:
    words, output = _split(text)
    options = _make_parser().parse_args(words[1:])
    urls: list[str] = [*options.urls, *options.further_urls]
    if len(urls) != 1:
        raise UnreadableError(f"has {len(urls)} URLs where one belongs: {' '.join(urls)}")
    headers = _headers(options)
    bodies: list[str] = options.data or []
    form = tuple(_form_part(text, is_literal) for text, is_literal in options.form or ())
    if bodies and form:
        raise UnreadableError("has -d and -F, and curl takes one of them")
    method = options.method or ("POST" if bodies or form else "GET")
    body: dict[str, Any] = {}
    if bodies:
        joined = "&".join(bodies)
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        is_json = "json" in headers["content-type"]
        body = {"json": _decode_json(joined)} if is_json else {"text": joined}
    return CurlExample(title, method, urls[0], headers, form=form, output=options.output or output, **body)


def _split(text: str) -> tuple[list[str], str | None]:
    """Return the words of the command, and the file that the shell redirects its output to."""
    # A space behind a backslash at the end of a line is invisible on a page.
    unwrapped = re.sub(r"\\[ \t]*\r?\n", " ", text)
    if re.search(r"(?<!\S)\$'|<<", unwrapped):
        raise UnreadableError("uses $'…' or <<, which this program does not read; write it out with '…'")
    lexer = shlex.shlex(unwrapped, posix=True, punctuation_chars="|&;<>\n")
    lexer.whitespace_split = True
    # A line ends a command, so it is no mere space; `\n` inside quotes is kept by shlex.
    lexer.whitespace = " \t\r"
    words: list[str] = []
    try:
        for word in lexer:
            if word and not word.strip("|&;<>\n"):
                return words, next(lexer, None) if word == ">" else None
            words.append(word)
    except ValueError as error:
        raise UnreadableError(f"{str(error).lower()}; is a quote missing?") from error
    return words, None


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raise UnreadableError."""
        raise UnreadableError(f"{message}; add the option to page/curl_reading.py if curl has it")


class _AppendForm(argparse.Action):
    """Gathers the parts of all form options in their order, and whether `@` and `<` are mere text in them."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        del parser
        namespace.form = [*(namespace.form or ()), (values, option_string == "--form-string")]


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="curl", add_help=False, allow_abbrev=False)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--url", dest="further_urls", action="append", default=[])
    parser.add_argument("-X", "--request", dest="method")
    parser.add_argument("-H", "--header", dest="headers", action="append", default=[])
    parser.add_argument(
        "-d", "--data", "--data-raw", "--data-ascii", "--data-binary", dest="data", action="append"
    )
    parser.add_argument("--json", dest="json")
    parser.add_argument("-F", "--form", "--form-string", dest="form", action=_AppendForm)
    parser.add_argument("-o", "--output", dest="output")
    parser.add_argument("-u", "--user", "--oauth2-bearer", dest="user")
    parser.add_argument(*_WITHOUT_VALUE, dest="ignored", action="store_true")
    parser.add_argument(*_WITH_VALUE, dest="ignored_value")
    return parser


def _headers(options: argparse.Namespace) -> dict[str, str]:
    headers: dict[str, str] = {}
    for header in options.headers:
        name, colon, value = header.partition(":")
        if not colon:
            raise UnreadableError(f"-H needs `Name: value`, and has {header!r}")
        headers[name.strip().casefold()] = value.strip()
    if options.json is not None:
        options.data = [options.json, *(options.data or ())]
        headers.setdefault("content-type", "application/json")
    if options.user is not None:
        headers.setdefault(
            "authorization", f"Basic {options.user}" if ":" in options.user else f"Bearer {options.user}"
        )
    return headers


def _form_part(text: str, is_literal: bool) -> FormPart:
    name, equals, value = text.partition("=")
    if not equals:
        raise UnreadableError(f"-F needs `name=value`, and has {text!r}")
    if is_literal or not value.startswith(("@", "<")):
        return FormPart(name, value, is_file=False)
    # What follows a semicolon names the media type or another name of the file.
    return FormPart(name, value[1:].partition(";")[0], is_file=True)


def _decode_json(text: str) -> Any:
    if text.startswith("@"):
        raise UnreadableError(f"reads its body from the file {text[1:]}, which the page does not show")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"its body is not JSON: {error}") from error
