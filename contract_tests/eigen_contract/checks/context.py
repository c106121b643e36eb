"""One exchange under judgement, parsed at most once."""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from eigen_contract.exchange import Exchange, Finding, Request, Response
from eigen_contract.oracle import Oracle, Verdict
from eigen_contract.shapes import members
from eigen_contract.spec import Contract, Document, Operation, Variant, escape


@frozen
class Encoded:
    """A member of a JSON answer that the spec calls base64: where it stands, and its text."""

    pointer: str
    text: str

    def decoded(self) -> bytes | None:
        """Decode strictly (RFC 4648, section 4, with padding); None if it is no base64."""
        try:
            return base64.b64decode(self.text.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return None


@frozen
class CheckContext:
    """One exchange with everything that checks ask of it."""

    oracle: Oracle
    exchange: Exchange

    @property
    def request(self) -> Request:
        return self.exchange.request

    @property
    def response(self) -> Response:
        return self.exchange.response

    @property
    def contract(self) -> Contract:
        return self.oracle.contract

    @property
    def succeeded(self) -> bool:
        return 200 <= self.response.status < 300

    @cached_property
    def operation(self) -> Operation | None:
        return self.contract.operation(self.request.method, self.request.path)

    @cached_property
    def verdict(self) -> Verdict:
        return self.oracle.judge(self.request)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The variants that the request matches; none if it was not read."""
        return self.verdict.variants

    def asks_only(self, *names: str) -> bool:
        """Say whether the request can be nothing but one of these variants."""
        return bool(self.variants) and {variant.name for variant in self.variants} <= set(names)

    @property
    def members(self) -> Mapping[str, Any]:
        """The members of the request's body; none if it is no object."""
        instance = self.verdict.wire.instance if self.verdict.wire else None
        return members(instance)

    @cached_property
    def declared(self) -> Document | None:
        """The response as the spec declares it for this status, or None."""
        if self.operation is None:
            return None
        responses = self.operation.responses
        return responses.get(str(self.response.status), responses.get("default"))

    @property
    def pointer(self) -> str:
        """The place of the spec that speaks about this response."""
        if self.operation is None:
            return "#/paths"
        return f"{self.operation.pointer}/responses/{self.response.status}"

    @cached_property
    def content(self) -> tuple[Document, str] | None:
        """What the spec declares for the response's media type, with its pointer; None if nothing."""
        declared = (self.declared or {}).get("content", {})
        for name, node in declared.items():
            if name.lower() == self.response.media_type:
                return node, f"{self.pointer}/content/{escape(name)}"
        return None

    @cached_property
    def document(self) -> Any:
        """The response as JSON; None if it is not JSON."""
        if not self.response.media_type.endswith("json"):
            return None
        try:
            return json.loads(self.response.body.decode())
        except (ValueError, RecursionError):
            return None

    @cached_property
    def encoded(self) -> tuple[Encoded, ...]:
        """The members of a JSON answer that the spec calls base64."""
        if self.content is None or self.document is None:
            return ()
        found = self._encoded(self.content[0].get("schema", {}), self.document, "")
        return tuple({member.pointer: member for member in found}.values())

    def _encoded(self, schema: Document, value: Any, pointer: str) -> Iterator[Encoded]:
        node, _ = self.contract.follow(schema)
        if node.get("contentEncoding") == "base64" and isinstance(value, str):
            yield Encoded(pointer, value)
        for key in ("oneOf", "anyOf", "allOf"):
            for choice in node.get(key, ()):
                yield from self._encoded(choice, value, pointer)
        present = members(value)
        for name, member in node.get("properties", {}).items():
            if name in present and member is not False:
                yield from self._encoded(member, present[name], f"{pointer}/{escape(name)}")

    @cached_property
    def media(self) -> tuple[tuple[str, bytes], ...]:
        """Every medium that the answer carries: where it stands, and its bytes."""
        if self.response.media_type.partition("/")[0] in ("image", "audio", "video"):
            return (("the body", self.response.body),)
        pairs = ((member.pointer, member.decoded()) for member in self.encoded)
        return tuple((place, data) for place, data in pairs if data is not None)

    def finding(self, check: str, message: str, pointer: str | None = None) -> Finding:
        return Finding(check, message, pointer or self.pointer, self.exchange)
