"""Which facts an exchange bears on: members that were sent and taken, statuses and members of the answer.

A fact is touched by what was in fact there. That a request with a member succeeded is all that can be seen
of the member from outside; whether it was heeded is for the checks and the scenarios to say.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import field, frozen

from eigen_contract.attribution import Fault
from eigen_contract.checks import CheckContext
from eigen_contract.checks.events import read_events
from eigen_contract.ledger.facts import EVIDENCE, REQUIRED, facts_of, requirement
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Document, Operation, escape

BRANCHES = ("oneOf", "anyOf")


@frozen
class Facts:
    """Finds facts by walking schemas along values."""

    contract: Contract
    pointers: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, contract: Contract) -> "Facts":
        return cls(contract, frozenset(facts_of(contract)))

    def touched(self, context: CheckContext, faults: Iterable[Fault]) -> frozenset[str]:
        """Return the pointers of every fact that one exchange bears on.

        A key bears on the facts about keys if it was taken, or if a bad one was refused as such; a request
        that misses a variant by one required member on the requirement, if it was refused.
        """
        found = {*self.answer(context)}
        if 400 <= context.response.status < 500:
            found.update(lacking(fault) for fault in faults)
        if context.succeeded if context.request.auth == "good" else context.response.status == 401:
            found.update(self.access())
        if context.succeeded:
            found.update(self.request(context))
        return frozenset(found) & self.pointers

    def access(self) -> Iterator[str]:
        """Yield the facts about keys."""
        for name in members(self.contract.components.get("securitySchemes")):
            yield f"#/components/securitySchemes/{name}"

    def request(self, context: CheckContext) -> Iterator[str]:
        """Yield the facts that a request relies on: operation, parameters, example, members, alternatives."""
        operation = context.operation
        if operation is None:
            return
        yield operation.pointer
        sent = {name for name, _ in context.request.query}
        for node in operation.document.get("parameters", ()):
            declared, pointer = self.contract.follow(node)
            if declared["name"] in sent:
                yield pointer
        yield from self.links_to(operation)
        if context.verdict.wire and context.verdict.wire.files:
            yield f"{operation.pointer}/requestBody"
        body = operation.bodies.get(context.request.media_type)
        kind, _, name = context.exchange.label.partition(" ")
        if body is not None and kind == "example":
            yield f"{body.pointer.removesuffix('/schema')}/examples/{escape(name)}"
        for variant in context.variants:
            yield from self.along(variant.schema, variant.pointer, dict(context.members))
            yield from (requirement(variant.pointer, name) for name in enough(variant.schema, context))

    def links_to(self, operation: Operation) -> Iterator[str]:
        """Yield the links that lead to an operation: that it was called with success bears them out."""
        for source in self.contract.operations:
            for status, response in source.responses.items():
                for name, link in members(response.get("links")).items():
                    if link.get("operationId") == operation.id:
                        yield f"{source.pointer}/responses/{status}/links/{escape(name)}"

    def answer(self, context: CheckContext) -> Iterator[str]:
        """Yield the facts that an answer bears out: its status, media type, headers and members."""
        if context.operation is None or context.declared is None:
            return
        node = context.operation.document["responses"].get(str(context.response.status), {})
        declared, pointer = self.contract.follow(node, context.pointer)
        yield pointer
        for name, header in declared.get("headers", {}).items():
            if context.response.header(name) is not None:
                yield self.contract.follow(header, f"{pointer}/headers/{name}")[1]
        for name, content in declared.get("content", {}).items():
            if name.lower() == context.response.media_type:
                place = f"{pointer}/content/{escape(name)}"
                yield place
                yield from self._payload(context, content.get("schema", {}), f"{place}/schema")

    def _payload(self, context: CheckContext, schema: Document, pointer: str) -> Iterator[str]:
        if context.response.media_type == "text/event-stream":
            for event in read_events(context.response.body).events:
                yield from self.along(schema, pointer, {"data": event.data})
        elif context.document is not None:
            yield from self.along(schema, pointer, context.document)

    def along(self, schema: Document, pointer: str, value: Any) -> Iterator[str]:
        """Yield the facts of a schema that a value bears on: its own, and those of members that are there."""
        if EVIDENCE in schema:
            yield pointer
        if "$ref" in schema:
            yield from self.along(*self.contract.follow(schema), value)
        for index, part in enumerate(schema.get("allOf", ())):
            yield from self.along(part, f"{pointer}/allOf/{index}", value)
        for key in BRANCHES:
            for index, choice in enumerate(schema.get(key, ())):
                if self._applies(choice, value):
                    yield from self.along(choice, f"{pointer}/{key}/{index}", value)
        present = members(value)
        for name, member in schema.get("properties", {}).items():
            if name in present and member is not False:
                yield from self.along(member, f"{pointer}/properties/{escape(name)}", present[name])
        for item in items(value):
            yield from self.along(schema.get("items", {}), f"{pointer}/items", item)
        yield from self._inside(schema, pointer, value)

    def _inside(self, schema: Document, pointer: str, value: Any) -> Iterator[str]:
        """Yield the facts of a document that stands in a text."""
        if "contentSchema" in schema and isinstance(value, str):
            yield from self.along(schema["contentSchema"], f"{pointer}/contentSchema", decoded(value))

    def _applies(self, schema: Document, value: Any) -> bool:
        """Say whether a value looks like a branch: the required members are there, its constants fit."""
        node, _ = self.contract.follow(schema)
        present = members(value)
        if not set(node.get("required", ())) <= set(present):
            return False
        return all(
            fits(member, present[name])
            for name, member in node.get("properties", {}).items()
            if name in present and member is not False
        )


def fits(schema: Document, value: Any) -> bool:
    """Say whether a value is among the constants of a schema, if it has any."""
    if "const" in schema:
        return bool(schema["const"] == value)
    return value in schema["enum"] if "enum" in schema else True


def enough(schema: Document, context: CheckContext) -> Iterator[str]:
    """Yield the members of which one is enough for a variant, as far as they were sent."""
    alternatives = {name for choice in schema.get("anyOf", ()) for name in choice.get("required", ())}
    labelled = members(schema.get(REQUIRED))
    yield from (name for name in labelled if name in alternatives and name in context.members)


def lacking(fault: Fault) -> str:
    """Return the requirement that a fault speaks of; the keyword's own place if it is another keyword."""
    place, missing = fault.violation.keyword, fault.violation.missing
    return requirement(place.removesuffix("/required"), missing) if missing else place


def decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
