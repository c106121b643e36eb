"""Which facts a finding rests on: what must be true for the answer to be a fault.

A chain is as strong as its weakest link. If an answer is a fault only because we assumed something, then it
is our assumption that the answer speaks against; only if everything that it rests on was published or seen
is the server at fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.attribution import sole_faults
from eigen_contract.checks import CheckContext
from eigen_contract.checks.following import allowed_types
from eigen_contract.exchange import Finding
from eigen_contract.ledger.facts import Fact
from eigen_contract.ledger.touching import Facts, lacking
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import members
from eigen_contract.spec import Operation, escape

FOLLOWS = "content_type_follows_the_request"
STANDARDS = frozenset(
    {"the_server_did_not_fail", "headers_are_well_formed", "refusals_say_what_would_do", "media_is_whole"}
)
"""Checks that rest on HTTP and on file formats, and on nothing that the spec says."""
ON_TAPES = frozenset({"examples_are_on_the_tape", "recordings_are_recent"})
"""Checks of a tape itself, whoever answered."""


@frozen
class Grounds:
    """Finds the grounds of findings under one contract."""

    oracle: Oracle
    facts: Facts
    known: Mapping[str, Fact]

    def of(self, finding: Finding) -> tuple[Fact, ...]:
        """Return the facts that a finding rests on, without those that are stronger than the weakest.

        None if it rests on no labelled statement: such a finding is a fault whoever says what.
        """
        if finding.check in STANDARDS | ON_TAPES:
            return ()
        pointers = dict.fromkeys(self._pointers(finding))
        found = [self.known[pointer] for pointer in pointers if pointer in self.known]
        weakest = max((fact.strength for fact in found), default=0)
        return tuple(fact for fact in found if fact.strength == weakest)

    def _pointers(self, finding: Finding) -> Iterator[str]:
        place = self._led(finding.pointer)
        if place in self.known or finding.exchange is None:
            yield place
            return
        yield from self._above(finding.pointer)
        context = CheckContext(self.oracle, finding.exchange)
        if context.request.auth != "good" and context.succeeded:
            yield from self.facts.access()
        elif context.verdict.ruling == "refuse":
            yield from self._refusal(context)
        elif not context.succeeded:
            yield from self.facts.request(context)
        elif finding.check == FOLLOWS:
            yield from self._promised(context)
        else:
            yield from self._content(context)

    def _above(self, pointer: str) -> Iterator[str]:
        """Yield the nearest fact at a place of the spec or above it."""
        tokens = pointer.split("/")
        places = (self._led("/".join(tokens[:length])) for length in range(len(tokens), 1, -1))
        yield from [place for place in places if place in self.known][:1]

    def _led(self, place: str) -> str:
        """Return where a place of the spec really stands, behind the references on the way to it."""
        node: Any = self.facts.contract.document
        real = "#"
        for token in place.removeprefix("#/").split("/"):
            node, real = self._behind(node, real)
            node = members(node).get(token.replace("~1", "/").replace("~0", "~"))
            real = f"{real}/{token}"
        return real if real in self.known else self._behind(node, real)[1]

    def _behind(self, node: Any, pointer: str) -> tuple[Any, str]:
        """Follow the reference at a node, if it is one."""
        return self.facts.contract.follow(node, pointer) if "$ref" in members(node) else (node, pointer)

    def _refusal(self, context: CheckContext) -> Iterator[str]:
        """Yield what a refusal rests on: that its status means this, and the keyword that was broken."""
        if context.operation is not None:
            yield from statuses(context.operation, context.verdict.statuses)
        for fault in sole_faults(context):
            keyword = fault.violation.keyword
            yield from [lacking(fault)] if fault.violation.missing else self._above(keyword)

    def _promised(self, context: CheckContext) -> Iterator[str]:
        """Yield the media types of which one should have come."""
        allowed = {name for variant in context.variants for name in allowed_types(context, variant)}
        content = (context.declared or {}).get("content", {})
        yield from (
            f"{context.pointer}/content/{escape(name)}" for name in content if name.lower() in allowed
        )

    def _content(self, context: CheckContext) -> Iterator[str]:
        """Yield the media type of a success, or all that it might have been if it is another one."""
        content: Iterable[str] = (context.declared or {}).get("content", {})
        exact = [name for name in content if name.lower() == context.response.media_type]
        yield from (f"{context.pointer}/content/{escape(name)}" for name in exact or content)
        yield context.pointer


def statuses(operation: Operation, wanted: frozenset[int]) -> Iterator[str]:
    """Yield the places where an operation declares statuses, behind their references."""
    for status in sorted(wanted):
        node = operation.document["responses"].get(str(status))
        if node is not None:
            yield str(node.get("$ref", f"{operation.pointer}/responses/{status}"))
