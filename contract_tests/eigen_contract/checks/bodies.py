"""The body: of a documented media type, and as its schema says."""

import json
from collections.abc import Iterator

from eigen_contract.checks.subject import Subject
from eigen_contract.exchange import Finding


def content_type_is_documented(subject: Subject) -> Iterator[Finding]:
    """The media type is one that the spec lists for this status."""
    if subject.declared is None or subject.request.method == "HEAD":
        return
    if subject.declared.get("content") and subject.content is None:
        named = subject.response.media_type or "no content type"
        message = f"{named} is not documented for {subject.response.status}"
        yield subject.finding("content_type_is_documented", message)


def json_matches_its_schema(subject: Subject) -> Iterator[Finding]:
    """A JSON body is JSON, and valid against the schema of this status."""
    if not subject.response.media_type.endswith("json") or subject.content is None:
        return
    try:
        document = json.loads(subject.response.body.decode())
    except (ValueError, RecursionError) as error:
        yield subject.finding("json_matches_its_schema", f"the body is no JSON: {error}")
        return
    node, pointer = subject.content
    if "schema" in node:
        violations = subject.oracle.validators.violations(node["schema"], f"{pointer}/schema", document)
        for violation in violations:
            yield subject.finding("json_matches_its_schema", str(violation), f"{pointer}/schema")


def text_is_text(subject: Subject) -> Iterator[Finding]:
    """A text is UTF-8, and no JSON document in disguise."""
    if subject.response.media_type != "text/plain" or not subject.succeeded:
        return
    try:
        text = subject.response.body.decode()
    except UnicodeDecodeError as error:
        yield subject.finding("text_is_text", f"the text is no UTF-8: {error}")
        return
    if text.lstrip().startswith(("{", "<")):
        yield subject.finding("text_is_text", f"the text is a document: {text[:60]!r}")
