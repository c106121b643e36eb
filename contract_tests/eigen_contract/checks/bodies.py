"""The body: of a documented media type, and as its schema says."""

import json
import re
from collections.abc import Iterator
from typing import Any

from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Finding


def content_type_is_documented(context: CheckContext) -> Iterator[Finding]:
    """The Content-Type is one that the contract documents for this status."""
    if context.declared is not None and context.content is None:
        received = context.response.media_type or "no Content-Type"
        documented = " or ".join(context.declared["content"])
        message = f"for {context.response.status} the contract documents {documented}; got {received}"
        yield context.finding("content_type_is_documented", message)


def json_matches_its_schema(context: CheckContext) -> Iterator[Finding]:
    """A JSON body parses as JSON and matches the schema that the contract has for this status."""
    doubled: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        doubled.extend(name for name in set(names) if names.count(name) > 1)
        return dict(pairs)

    try:
        document = json.loads(context.response.body.decode(), object_pairs_hook=collect)
    except (ValueError, RecursionError) as error:
        yield context.finding(
            "json_matches_its_schema", f"Content-Type says JSON, but the body is not JSON: {error}"
        )
        return
    for name in sorted(doubled):
        message = f"the property {name!r} comes twice; readers take one or the other (RFC 8259, section 4)"
        yield context.finding("json_matches_its_schema", message)
    node, pointer = context.content or ({}, "")
    if "schema" in node:
        violations = context.oracle.validators.violations(node["schema"], f"{pointer}/schema", document)
        for violation in violations:
            yield context.finding("json_matches_its_schema", str(violation), f"{pointer}/schema")


def text_is_text(context: CheckContext) -> Iterator[Finding]:
    """A plain text decodes in its charset (default UTF-8) and is not a JSON, HTML or XML document."""
    charset = charset_of(context.response.header("content-type") or "")
    try:
        text = context.response.body.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        yield context.finding("text_is_text", f"the text should be {charset} and does not decode: {error}")
        return
    if text.lstrip().startswith(("{", "<")):
        yield context.finding(
            "text_is_text", f"plain text was expected; got a JSON, HTML or XML document: {text[:60]!r}"
        )


def charset_of(content_type: str) -> str:
    """Return the charset that a content type names (RFC 2046, section 4.1.2)."""
    named = re.search(r"""(?i);\s*charset\s*=\s*"?([^\s";]+)""", content_type)
    return named[1] if named else "UTF-8"
