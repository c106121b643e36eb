"""The body: of a documented media type, and as its schema says."""

import json
import re
from collections.abc import Iterator
from typing import Any

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding


def content_type_is_documented(context: CheckContext) -> Iterator[Finding]:
    """The media type is one that the spec lists for this status."""
    if context.declared is None or context.request.method == "HEAD":
        return
    if context.declared.get("content") and context.content is None:
        named = context.response.media_type or "no content type"
        message = f"{named} is not documented for {context.response.status}"
        yield context.finding("content_type_is_documented", message)


def json_matches_its_schema(context: CheckContext) -> Iterator[Finding]:
    """A JSON body is JSON, and valid against the schema of this status."""
    if not context.response.media_type.endswith("json") or context.content is None:
        return
    doubled: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        doubled.extend(name for name in set(names) if names.count(name) > 1)
        return dict(pairs)

    try:
        document = json.loads(context.response.body.decode(), object_pairs_hook=collect)
    except (ValueError, RecursionError) as error:
        yield context.finding("json_matches_its_schema", f"the body is no JSON: {error}")
        return
    for name in sorted(doubled):
        message = f"{name} stands twice: readers differ in which they take (RFC 8259, section 4)"
        yield context.finding("json_matches_its_schema", message)
    node, pointer = context.content
    if "schema" in node:
        violations = context.oracle.validators.violations(node["schema"], f"{pointer}/schema", document)
        for violation in violations:
            yield context.finding("json_matches_its_schema", str(violation), f"{pointer}/schema")


def text_is_text(context: CheckContext) -> Iterator[Finding]:
    """A text is of its charset, UTF-8 unless it names another, and no JSON document in disguise."""
    if context.response.media_type != "text/plain" or not context.succeeded:
        return
    charset = charset_of(context.response.header("content-type") or "")
    try:
        text = context.response.body.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        yield context.finding("text_is_text", f"the text is no {charset}: {error}")
        return
    if text.lstrip().startswith(("{", "<")):
        yield context.finding("text_is_text", f"the text is a document: {text[:60]!r}")


def charset_of(content_type: str) -> str:
    """Return the charset that a content type names (RFC 2046, section 4.1.2)."""
    named = re.search(r"""(?i);\s*charset\s*=\s*"?([^\s";]+)""", content_type)
    return named[1] if named else "UTF-8"
