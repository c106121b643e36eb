"""Saves or prints what a command returned. A result is paid for, so it is kept somewhere if possible."""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import SDKError
from ..response.results import Media, Result, Text
from ..response.saving import StrPath, save
from ..response.unexpected import UnexpectedResponseError
from ..streaming.event_streams import EventStream
from .new_files import save_new


def write_result(result: Result | EventStream, output: str | None, name: str) -> None:
    """Write a result to `output`, or to a new file named after the command; print the path, or the text.

    `output` is a path, or `-` for stdout. A text without an output is printed. Raises SDKError.
    """
    if isinstance(result, Media | EventStream):
        if output == "-":
            content = result.content if isinstance(result, Media) else result.as_wav()
            sys.stdout.buffer.write(content)
        else:
            print(save_or_fall_back(result.save, output, name))
        return
    text = result.text if isinstance(result, Text) else json.dumps(dict(result.data), ensure_ascii=False)
    if output in (None, "-"):
        print(text)
        return
    # JSON can hold half of a surrogate pair, which UTF-8 cannot.
    content = f"{text}\n".encode(errors="backslashreplace")
    print(save_or_fall_back(lambda path: save(path, content, "text/plain"), output, name))


def keep_body(error: UnexpectedResponseError, name: str) -> str:
    """Save the body of an answer that is not a result; return a text that says where, or why it failed."""
    try:
        return f"kept in {save_or_fall_back(error.save, None, name, '.answer')}"
    except SDKError as save_error:
        return str(save_error)


def save_or_fall_back(
    save_to: Callable[[StrPath], Path], output: str | None, name: str, suffix: str = ""
) -> Path:
    """Save to `output`, or to a new file that is called `name` with `suffix`, and return the path.

    If that fails, save to the folder for temporary files and raise SDKError with the path there. If that
    fails as well, or if a stream is used up by the first attempt, raise the first error.
    """
    try:
        return save_new(save_to, name, suffix) if output is None else save_to(output)
    except SDKError as error:
        file_name = f"{name}{suffix}" if output is None else Path(output).name
        try:
            path = save_to(f"{tempfile.gettempdir()}/{os.urandom(4).hex()}-{file_name}")
        except (SDKError, OSError):
            raise error from None
        raise SDKError(f"{error}; kept in {path}") from error
