"""The raw layer: what each operation takes and answers in terms of the contract's models."""

import json
from typing import Any

from ..spec import Document
from . import docs
from .operations import Endpoint, follow
from .types import decoder, text, union


def is_json(media_type: str) -> bool:
    """Whether a media type holds JSON (RFC 6839 for the suffix)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")


def successes(document: Document, known: Endpoint, parsed: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each success: its status, and for each media type the expression of its decoder."""
    props = {response.status_code.pattern: response.prop for response in parsed.responses}
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for status, response in known.data.get("responses", {}).items():
        if str(status).upper().startswith("2") or status == "default":
            content = follow(document.data, response).get("content", {})
            found.append(
                (str(status), [(media, _decoder(media, props.get(str(status)))) for media in content])
            )
    return found


def _decoder(media_type: str, prop: Any) -> str:
    if is_json(media_type):
        return decoder(prop) if prop is not None else "_codec.anything"
    return "str" if media_type.startswith("text/") else "bytes"


def answer_type(document: Document, known: Endpoint, parsed: Any) -> str:
    """The type of what an operation's success is parsed to."""
    props = {response.status_code.pattern: response.prop for response in parsed.responses}
    found: list[str] = []
    for status, content in successes(document, known, parsed):
        if status == "default" and found:
            continue
        for media, decode in content:
            plain = decode if decode in ("str", "bytes") else None
            prop = props.get(status)
            found.append(plain or (_type(prop) if prop is not None and is_json(media) else "Any"))
        found += [] if content else ["None"]
    return union(found) or "None"


def _type(prop: Any) -> str:
    return str(prop.get_type_string(no_optional=True).as_unembedded_code())


def body_type(parsed: Any) -> str:
    """The type of an operation's body, over all media types."""
    return union(_type(body.prop) for body in parsed.bodies)


def body_required(parsed: Any) -> bool:
    """Whether an operation needs a body."""
    return all(body.prop.required for body in parsed.bodies)


def body_values(parsed: Any) -> str:
    """The expression of the members that are sent."""
    return "_codec.members(body)" if parsed.bodies else "{}"


def endpoint_doc(known: Endpoint) -> str:
    """The docstring of an operation's functions."""
    return docs.docstring(
        known.data.get("summary") or f"{known.method.upper()} {known.path}",
        [
            paragraph
            for paragraph in str(known.data.get("description", "")).split("\n\n")
            if paragraph.strip()
        ],
        [],
    )


def model_doc(model: Any, schemas: dict[str, Any]) -> str:
    """The docstring of a model: what it is, then each member."""
    schema = schemas.get(str(model.class_info.name), {})
    properties = [*model.required_properties, *model.optional_properties]
    members = schema.get("properties", {})
    entries = [
        (
            str(prop.python_name),
            docs.describe(members.get(text(prop.name), {"description": text(prop.description or "")})),
        )
        for prop in properties
    ]
    summary = schema.get("description") or text(model.description or "") or f"{model.class_info.name}."
    return docs.docstring(summary, docs.groups(schema), [("Attributes", entries)])


def media_literal(bodies: dict[str, Any]) -> str:
    """A Literal of the media types that a body may have."""
    return f"Literal[{', '.join(json.dumps(media) for media in bodies)}]"
