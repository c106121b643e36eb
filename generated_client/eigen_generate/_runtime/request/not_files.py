"""What callers give for a file and is none: each error says what to give instead."""

import inspect
import re
from typing import Any

from ..errors import ArgumentError

PATH_HINT = "A str is the path of a file; for its content give bytes"
# In characters: enough to recognise a path by. What is longer may be the content itself, given as a str.
_MAX_SHOWN = 200
# `Path` makes one slash of two.
_URL = re.compile(r"(https?):/|(data):", re.IGNORECASE)


def shorten(path: str) -> str:
    """Return a path, or its beginning if it is too long to be shown."""
    return path if len(path) <= _MAX_SHOWN else path[:_MAX_SHOWN] + "…"


def refuse_url(argument: str, path: str, url_arguments: tuple[str, ...] = ()) -> None:
    """Raise ArgumentError if a path is a URL; `url_arguments` take one in its place.

    The URL is not shown: its query may hold a key.
    """
    match = _URL.match(path)
    if match is None:
        return
    scheme = (match[1] or match[2]).lower()
    if scheme == "data":
        hint = "Decode its base64 and give the bytes"
    elif url_arguments:
        hint = f"Give it as {' or '.join(url_arguments)}"
    else:
        hint = "Download it, and give the file or its bytes"
    raise ArgumentError(f"{argument}: a URL ({scheme}:) is not a file", hint=hint)


def is_array(value: object) -> bool:
    """Tell whether a value is an array of numpy, or of a library that names things as numpy does."""
    return hasattr(value, "dtype") and hasattr(value, "shape")


def refuse_array(argument: str, array: Any) -> ArgumentError:
    """Return the error for an array, which may hold samples or pixels and does not say which."""
    # A picture has rows and columns. Sound has two axes at most, and few channels along one of them.
    is_picture = len(array.shape) >= 2 and sorted(array.shape)[-2] > 8
    hint = "Give PIL.Image.fromarray(array)" if is_picture else 'Give a file: ("a.wav", wav_bytes)'
    return ArgumentError(f"{argument}: an array of numbers is not a file", hint=hint)


def refuse_value(argument: str, value: object) -> ArgumentError:
    """Return the error for a value that cannot be read as a file."""
    type_name = type(value).__name__
    if is_array(value):
        return refuse_array(argument, value)
    if inspect.isawaitable(value):
        return ArgumentError(f"{argument}: a {type_name} is not a file", hint="Give what awaiting it returns")
    if hasattr(value, "__aiter__"):
        return ArgumentError(f"{argument}: an asynchronous iterator needs the asynchronous client")
    return ArgumentError(
        f"{argument}: {type_name} is not a file",
        hint="Give a path, bytes, a file opened in binary mode, or (name, content)",
    )
