"""Bounds the memory that findings take: each keeps its exchange, and a server may answer in megabytes.

Exchanges without a finding are not kept at all. Equal bodies are held once, however many findings quote them:
a server that gives the same answer to everything costs one body. Beyond `LIMIT` a further exchange keeps the
beginning of the body of its answer, which is what a report quotes.
"""

import hashlib
from collections.abc import Iterable

from attrs import define, evolve, field

from eigen_contract.exchange import Exchange, Finding

LIMIT = 256 * 2**20
"""Bytes of bodies of answers that the findings of a run keep whole."""
SMALL = 4096
"""Bytes of a body that is kept as it is: sharing or cutting it would save nothing."""


@define
class Retention:
    """Decides what is kept of the exchanges of findings."""

    limit: int = LIMIT
    held: int = 0
    """Bytes of different bodies that are kept so far."""
    _bodies: dict[bytes, bytes] = field(factory=dict[bytes, bytes], repr=False)
    _last: tuple[Exchange, Exchange] | None = field(default=None, repr=False)

    def keep(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with reduced exchanges; findings of one exchange still share it."""
        kept: dict[int, Exchange] = {}
        return [self._with_kept(finding, kept) for finding in findings]

    def _with_kept(self, finding: Finding, kept: dict[int, Exchange]) -> Finding:
        exchange = finding.exchange
        if exchange is None:
            return finding
        if id(exchange) not in kept:
            # The next call may bring another finding of the same exchange, which must then share it.
            repeated = self._last is not None and self._last[0] is exchange
            kept[id(exchange)] = self._last[1] if repeated and self._last else self._reduced(exchange)
            self._last = (exchange, kept[id(exchange)])
        return evolve(finding, exchange=kept[id(exchange)])

    def _reduced(self, exchange: Exchange) -> Exchange:
        # Requests stay whole: they are our own, mostly small, and baselines know findings by them.
        response = exchange.response
        body = self._body(response.body)
        if body is response.body:
            return exchange
        is_cut = len(body) < len(response.body)
        return evolve(exchange, response=evolve(response, body=body), is_cut=is_cut)

    def _body(self, body: bytes) -> bytes:
        """Return the body that is kept in place of one: an equal one, itself, or its beginning."""
        if len(body) <= SMALL:
            return body
        digest = hashlib.blake2b(body, digest_size=16).digest()
        known = self._bodies.get(digest)
        if known is not None:
            return known
        if self.held + len(body) > self.limit:
            return body[:SMALL]
        self.held += len(body)
        self._bodies[digest] = body
        return body
