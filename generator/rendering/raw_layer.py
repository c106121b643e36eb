"""The raw layer: what each operation takes and answers in terms of the contract's models."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from openapi_python_client.schema.untrusted_string import UntrustedString

from ..media_types import essence, is_form, is_json
from ..model.arguments import Argument, parameter_arguments
from ..model.calls import is_whole
from ..model.operations import Endpoint, Variant, successful
from ..model.types import Alternative, alternatives, text, union, value_type
from ..names import distinct
from . import docstrings
from .opc_document import MEMBERS, answers

# Names that the functions of the raw layer use themselves.
_RESERVED = ("client", "body", "media_type")
# Names of a model's own; `cls` and `self` because attrs makes a constructor of all.
_MODEL_OWN = ("to_dict", "from_dict", "additional_properties", "self", "cls")

Content = list[tuple[str, str]]


def parameters(known: Endpoint, parsed: Any) -> list[Argument]:
    """The parameters of an operation, with exact types."""
    return parameter_arguments(known, parsed, _RESERVED, value_type)


def successes(known: Endpoint, parsed: Any) -> list[tuple[str, Content]]:
    """Each success: its status, and the type of what each media type holds."""
    props = _props(known, parsed)
    return [
        (
            status,
            [
                (media_type, _type(media_type, props.get((status, media_type))))
                for media_type in known.responses[status].get("content", {})
            ],
        )
        for status in successful(known)
    ]


def _props(known: Endpoint, parsed: Any) -> dict[tuple[str, str], Any]:
    """What the tool made of each answer of JSON or of events, by status and media type."""
    found = {response.status_code.pattern: response.prop for response in parsed.responses}
    return {(status, media_type): found[key] for key, status, media_type, _ in answers(known)}


def _type(media_type: str, prop: Any) -> str:
    if prop is not None:
        return value_type(prop)
    return "str" if essence(media_type).startswith("text/") else "bytes"


def answer_type(known: Endpoint, parsed: Any) -> str:
    """The type of what an operation's success is parsed to."""
    props = _props(known, parsed)
    found: list[Alternative] = []
    for status, content in successes(known, parsed):
        for media_type, kind in content:
            prop = props.get((status, media_type))
            found += [kind] if prop is None else alternatives(prop)
        found += [] if content else ["None"]
    return union(found) or "None"


def body_type(parsed: Any) -> str:
    """The type of an operation's body, over all media types."""
    return union(one for body in parsed.bodies for one in alternatives(body.prop))


def body_values(known: Endpoint) -> str:
    """The expression of the members that are sent: those of an object, or the body as a whole."""
    if not known.bodies:
        return "{}"
    ways = {way for media_type, variants in known.bodies.items() for way in _ways(media_type, variants)}
    return f"_codec.body_{'_or_'.join(sorted(ways))}(body)"


def _ways(media_type: str, variants: Iterable[Variant]) -> Iterator[str]:
    """How a body may be handed on; a form that may be an object is by its members then."""
    if is_json(media_type):
        yield "value" if is_whole(media_type, variants) else "fields"
    elif is_form(media_type):
        for variant in variants:
            yield "value" if is_whole(media_type, [variant]) else "fields"
    else:
        yield "value"


def member_names(model: Any) -> None:
    """Give the members of a model names that neither clash with each other nor with the model's own."""
    properties = [*model.required_properties, *model.optional_properties]
    extra: dict[str, Any] = model.data.model_extra or {}
    shown: dict[str, str] = extra.get(MEMBERS, {})
    for prop in properties if shown else ():
        object.__setattr__(prop, "name", UntrustedString(shown[text(prop.name)]))
    names = distinct([text(prop.name) for prop in properties], _MODEL_OWN)
    for prop, name in zip(properties, names, strict=True):
        object.__setattr__(prop, "python_name", name)


def endpoint_doc(known: Endpoint, given: list[Argument]) -> str:
    """The docstring of an operation's functions."""
    notes = ["Deprecated."] if known.data.get("deprecated") else []
    if "://" in known.server:
        notes.append(f"It is sent to {known.server}, unless a base_url was chosen.")
    return docstrings.docstring(
        known.data.get("summary") or f"{known.method.upper()} {known.path}",
        notes
        + [
            paragraph
            for paragraph in str(known.data.get("description", "")).split("\n\n")
            if paragraph.strip()
        ],
        [("Args", [(one.python_name, one.doc) for one in given]), ("Headers", _headers(known))],
    )


def _headers(known: Endpoint) -> list[tuple[str, str]]:
    """What the headers of an answer mean; they are found in `Response.headers` by lower-case name."""
    return [
        (name, docstrings.describe({**header.get("schema", {}), **header}))
        for status in successful(known)
        for name, header in known.responses[status].get("headers", {}).items()
        if "$ref" not in header
    ]


def model_doc(model: Any, schemas: dict[str, Any], method: str | None) -> str:
    """The docstring of a model: what it is, then each member, unless `method` takes them and says so."""
    schema = schemas.get(str(model.class_info.name), {})
    summary = schema.get("description") or text(model.description or "") or f"{model.class_info.name}."
    if method is not None:
        return docstrings.docstring(f"{summary} See `client.{method}`.", [], [])
    own = schema.get("properties", {})
    members = {
        str(prop.python_name): own.get(text(prop.name), {"description": text(prop.description or "")})
        for prop in (*model.required_properties, *model.optional_properties)
    }
    labels = {docstrings.label(member) for member in members.values()}
    shared = labels if len(members) > 1 and len(labels) == 1 else set[str]()
    entries = [(name, docstrings.describe(member, evidence=not shared)) for name, member in members.items()]
    notes = [f"Evidence of all: {label}." for label in shared if label != docstrings.PAGE]
    return docstrings.docstring(summary, [*docstrings.groups(schema), *notes], [("Attributes", entries)])


def media_literal(bodies: dict[str, Any]) -> str:
    """A Literal of the media types that a body may have."""
    return f"Literal[{', '.join(json.dumps(media) for media in bodies)}]"
