"""Saves, prints or plays what a command returned. A result is paid for, so it is kept if possible."""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import SDKError
from ..meta import Meta
from ..response.media_types import type_of_filename
from ..response.results import Media, Result, Text
from ..response.saving import StrPath, save
from ..response.unexpected import UnexpectedResponseError
from ..streaming.event_streams import EventStream
from ..streaming.live_file import complete_file, iterate_as_file
from .invocation import Invocation
from .new_files import save_new
from .playing import PlayerError, play
from .progress import Progress


class Delivered(NamedTuple):
    """Where a result is. `content` are its text and fields for a report, without the bytes of media."""

    meta: Meta
    path: Path | None
    content: dict[str, Any]


def deliver(result: Result | EventStream, invocation: Invocation, progress: Progress) -> Delivered:
    """Save, print or play a result as the command line says; raises SDKError."""
    if isinstance(result, Media | EventStream):
        path = _deliver_media(result, invocation, progress)
        media_type = result.media_type or (type_of_filename(path.name) if path else None) or "audio/wav"
        size = len(result.content) if isinstance(result, Media) else result.bytes_received
        return Delivered(result.meta, path, {"media_type": media_type, "size": size})
    path = _deliver_text(_text_of(result), invocation)
    content = {"text": result.text} if isinstance(result, Text) else {"data": dict(result.data)}
    return Delivered(result.meta, path, content)


def _deliver_media(result: Media | EventStream, invocation: Invocation, progress: Progress) -> Path | None:
    output = invocation.delivery.output
    if invocation.plays:
        progress.stop()
        path = _play(result, invocation)
    elif output == "-":
        progress.stop()
        write_to_stdout(result)
        return None
    elif isinstance(result, Media):
        path = _save(result.save, invocation)
    else:
        path = _save(lambda target: result.save(target, progress.show_received), invocation)
    progress.stop()
    if path is not None and not invocation.delivery.json:
        print(path)
    return path


def _play(result: Media | EventStream, invocation: Invocation) -> Path | None:
    """Play sound; save it if the command line names a file, and if it cannot be played."""
    failure: PlayerError | None = None
    try:
        if isinstance(result, Media):
            content = play([result.content])
        else:
            with result:
                content = play(iterate_as_file(result))
    except PlayerError as error:
        content, failure = error.content, error
    if failure is None and invocation.delivery.output is None and invocation.folder is None:
        return None
    media_type = result.media_type or "audio/wav"
    whole = complete_file(result, content) if isinstance(result, EventStream) else content
    path = _save(lambda target: save(target, whole, media_type), invocation)
    if failure is not None:
        raise SDKError(f"{failure}; kept in {path}") from failure
    return path


def write_to_stdout(result: Media | EventStream) -> None:
    """Write media to stdout, a stream as it comes."""
    if isinstance(result, Media):
        sys.stdout.buffer.write(result.content)
        return
    with result:
        for chunk in iterate_as_file(result):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()


def _text_of(result: Result) -> str:
    return result.text if isinstance(result, Text) else json.dumps(dict(result.data), ensure_ascii=False)


def _deliver_text(text: str, invocation: Invocation) -> Path | None:
    delivery = invocation.delivery
    if delivery.output in (None, "-"):
        if not delivery.json:
            if invocation.folder is not None:  # as `head` shows which of several files a text belongs to
                print(f"==> {invocation.input_path} <==")
            print(text)
        return None
    # JSON can hold half of a surrogate pair, which UTF-8 cannot.
    content = f"{text}\n".encode(errors="backslashreplace")
    path = _save(lambda target: save(target, content, "text/plain"), invocation)
    if not delivery.json:
        print(path)
    return path


def _save(save_to: Callable[[StrPath], Path], invocation: Invocation) -> Path:
    output = None if invocation.folder is not None else invocation.delivery.output
    return save_or_fall_back(save_to, output, invocation.file_name, folder=invocation.folder)


def keep_body(error: UnexpectedResponseError, invocation: Invocation) -> str:
    """Save the body of an answer that is not a result; return a text that says where, or why it failed."""
    try:
        path = save_or_fall_back(error.save, None, invocation.file_name, ".answer", folder=invocation.folder)
    except SDKError as save_error:
        return str(save_error)
    return f"kept in {path}"


def save_or_fall_back(
    save_to: Callable[[StrPath], Path],
    output: str | None,
    name: str,
    suffix: str = "",
    folder: Path | None = None,
) -> Path:
    """Save to `output`, or to a new file of `folder` that is called `name` with `suffix`; return the path.

    If that fails, save to the folder for temporary files and raise SDKError with the path there. If that
    fails as well, or if a stream is used up by the first attempt, raise the first error.
    """
    try:
        return save_new(save_to, name, suffix, folder or Path()) if output is None else save_to(output)
    except SDKError as error:
        file_name = f"{name}{suffix}" if output is None else Path(output).name
        try:
            path = save_to(f"{tempfile.gettempdir()}/{os.urandom(4).hex()}-{file_name}")
        except (SDKError, OSError):
            raise error from None
        raise SDKError(f"{error}; kept in {path}") from error
