"""Results in few words for a person, and as JSON."""

from collections.abc import Mapping
from typing import Any, cast

from ..meta import Meta

# In characters. A repr stands on one line of a log or a notebook.
_MAX_TEXT = 60
_MAX_FIELDS = 8


def shorten_text(text: str) -> str:
    """Return the beginning of a text in quotes, on one line."""
    return repr(text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT].rstrip() + "…")


def shorten_value(value: object) -> str:
    """Return a JSON value in few words: a list or an object by its size."""
    if isinstance(value, str):
        return shorten_text(value)
    if isinstance(value, list):
        return f"[{len(cast('list[object]', value))} items]"
    if isinstance(value, Mapping):
        return f"{{{len(cast('Mapping[str, object]', value))} properties}}"
    return repr(value)


def describe_fields(data: Mapping[str, object], *, shows_values: bool, hidden: object = None) -> str:
    """Return the first properties with their values, or only their names.

    A property whose value is `hidden` is left out.
    """
    fields = {name: value for name, value in data.items() if hidden is None or value != hidden}
    names = list(fields)[:_MAX_FIELDS]
    words = [f"{shorten_name(name)}={shorten_value(fields[name])}" for name in names]
    if not shows_values:
        words = [shorten_name(name) for name in names]
    return ", ".join(words) + (", …" if len(fields) > len(names) else "")


def shorten_name(name: str) -> str:
    """Return the name of a property, at most as long as a text is shown."""
    return name if len(name) <= _MAX_TEXT else name[:_MAX_TEXT] + "…"


def meta_as_json(meta: Meta) -> dict[str, Any]:
    """Return what is known about a response as JSON.

    Of the headers only those that the contract documents: the rest may hold cookies and other secrets.
    """
    return {
        "status_code": meta.status_code,
        "request_id": meta.request_id,
        "attempts": meta.attempts,
        "elapsed": meta.elapsed,
        "first_byte": meta.first_byte,
        "media_type": meta.media_type,
        "headers": dict(meta.promised),
        "drift": list(meta.drift),
    }
