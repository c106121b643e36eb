"""From the arguments of a call to a request body: first which of the bodies, then its bytes."""

import os
from collections.abc import Mapping
from typing import Any, cast

from ..contract import ArgumentGroup, Body, Call, Fields
from ..errors import ArgumentError
from ..response.media_types import essence, is_json
from ..unset import UNSET
from .encodings import BODY_ARGUMENT, MULTIPART, WEB_FORM, encode_single_value, encode_web_form
from .files import is_file
from .multipart import encode_multipart
from .not_files import refuse_url
from .request import Payload
from .scalars import json_bytes, json_text


def choose_body(
    call: Call[Any], fields: Fields, extra: Fields | None, media_type: str | None
) -> tuple[Body, dict[str, object]] | None:
    """Return the body to send with the properties that it holds; None if no body is sent.

    `extra` holds properties that the contract does not define. `media_type` names the body that the caller
    wants. An argument that is UNSET is left out, and so is None unless null is a value of its own. Raises
    ArgumentError that names the argument which cannot be sent.
    """
    present = {name: value for name, value in fields.items() if value is not None and value is not UNSET}
    present_extra = _check_extra(present, extra)
    if not call.bodies:
        if present or present_extra:
            raise ArgumentError(f"{next(iter(present | present_extra))}: {call.title} takes no body")
        return None
    body = _find_body(call, media_type) if media_type else _select_body(call, present, present_extra)
    # A call without a name is one of the raw layer, whose models use UNSET for what they leave out.
    is_raw = call.is_exact or not call.name
    for name, value in fields.items():
        if value is None and (name in body.nullable or is_raw):
            present[name] = None
    if fields.get(BODY_ARGUMENT) is UNSET and len(fields) == 1 and (body.is_scalar or is_raw):
        return None  # an optional body that was left out
    present.update(present_extra)
    if not present and call.may_omit_body:
        return None
    return body, present


def _check_extra(fields: Fields, extra: Fields | None) -> dict[str, object]:
    """Return `extra` without UNSET values; raises ArgumentError for a name that is an argument too."""
    if extra is None:
        return {}
    _check_names(extra)
    for name in extra:
        if name in fields:
            raise ArgumentError(f"extra: {name!r} is given twice, as an argument and in extra")
    return {name: value for name, value in extra.items() if value is not UNSET}


def _check_names(extra: object) -> None:
    if not isinstance(extra, Mapping):
        raise ArgumentError(f"extra: a {type(extra).__name__} is not a mapping of names to values")
    for name in cast("Mapping[object, object]", extra):
        if not isinstance(name, str):
            raise ArgumentError(f"extra: the name {name!r} is not a str")


def _find_body(call: Call[Any], media_type: str) -> Body:
    for body in call.bodies:
        if essence(body.media_type) == essence(media_type):
            return body
    accepted = ", ".join(body.media_type for body in call.bodies)
    raise ArgumentError(f"media_type: {call.title} takes {accepted}, not {media_type}")


def _select_body(call: Call[Any], fields: Fields, extra: Fields) -> Body:
    """Return the first body that can hold a file if one is given, else the first that holds all fields."""
    file_argument = _find_file_argument(call, fields, extra)
    if file_argument is not None:
        for body in call.bodies:
            media_type = essence(body.media_type)
            if media_type == MULTIPART or not (media_type == WEB_FORM or is_json(media_type)):
                return body
        raise ArgumentError(f"{file_argument}: {call.title} takes no file")
    supporting_bodies = (body for body in call.bodies if not body.unsupported & fields.keys())
    return next(supporting_bodies, call.bodies[0])


def _find_file_argument(call: Call[Any], fields: Fields, extra: Fields) -> str | None:
    """Return the name of the first argument that is a file, None if there is none."""
    for body in call.bodies:
        # A body that is one value may be a file in one media type and JSON in another.
        file_arguments = body.files - {BODY_ARGUMENT}
        if not file_arguments.isdisjoint(fields):
            return next(name for name in file_arguments if name in fields)
    for name, value in extra.items():
        if _holds_file(value) or any(name in body.files for body in call.bodies):
            return name
    return None


def _holds_file(value: object) -> bool:
    if is_file(value):
        return True
    return isinstance(value, list | tuple) and any(map(is_file, cast("list[object]", value)))


def encode_body(body: Body, fields: dict[str, object]) -> Payload:
    """Return `fields` in the encoding of `body`; raises ArgumentError that names what cannot be sent."""
    media_type = essence(body.media_type)
    if media_type == MULTIPART:
        return encode_multipart(body, fields)
    if media_type == WEB_FORM:
        return encode_web_form(body, fields)
    if not is_json(media_type):
        return encode_single_value(body, fields)
    is_scalar = body.is_scalar and fields.keys() == {BODY_ARGUMENT}
    data = json_text(BODY_ARGUMENT, fields[BODY_ARGUMENT]).encode() if is_scalar else json_bytes(fields)
    return Payload(body.media_type, (data,), len(data))


def check_argument_groups(call: Call[Any], fields: Fields, extra: Fields | None) -> None:
    """Raise ArgumentError for arguments that are missing, or that exclude each other.

    Nothing counts as missing if there are properties in `extra`: they may be a new way to say the same, which
    the contract does not define yet.
    """
    for name in call.required:
        if not extra and not _are_all_present(fields, (name,)):
            raise ArgumentError(f"{name}: {call.title} needs it")
    for group in call.argument_groups:
        present_choices = [choice for choice in group.choices if _are_all_present(fields, choice)]
        if group.required and not present_choices and not extra:
            raise ArgumentError(f"{_join_names(group.choices[0])}: {call.title} needs {_describe(group)}")
        if group.exclusive and len(present_choices) > 1:
            first, second = map(_join_names, present_choices[:2])
            raise ArgumentError(f"{second}: {first} is given too; {call.title} takes {_describe(group)}")


def check_file_urls(call: Call[Any], body: Body, fields: Fields) -> None:
    """Raise ArgumentError for the URL of a file; it names the argument of the call that takes one.

    A file may be in a list, or behind its name.
    """
    for name in body.files & fields.keys():
        value = fields[name]
        items = cast("list[object]", value) if isinstance(value, list | tuple) else [value]
        for item in items:
            if isinstance(item, str | os.PathLike):
                refuse_url(name, str(cast("object", item)), call.urls)


def _are_all_present(fields: Fields, names: tuple[str, ...]) -> bool:
    for name in names:
        value = fields.get(name)
        if value is None or value is UNSET:
            return False
    return True


def _join_names(choice: tuple[str, ...]) -> str:
    return " with ".join(choice)


def _describe(group: ArgumentGroup) -> str:
    """Return a group's choices in words, such as `exactly one of image, images`."""
    choices = ", ".join(map(_join_names, group.choices))
    if len(group.choices) == 1:
        return choices
    return f"{'exactly' if group.exclusive else 'at least'} one of {choices}"
