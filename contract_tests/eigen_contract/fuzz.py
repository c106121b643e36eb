"""Generates requests with Schemathesis, from the overlay; the judge's own encoder writes their bytes.

Schemathesis decides what to send: its coverage phase walks every field and keyword, its fuzzing draws valid
and invalid bodies. Cured here (each was seen to blame a right server, or to miss a wrong one):

- files: real media stand in for drawn texts, under a filename; one in eight stays as drawn;
- bytes: `compose` writes the body, so a filename is never lost and every media type can be written;
- acceptance: its checks on refused and accepted data are replaced by `oracle`, which reads the bytes as sent;
- seeds: no example database, no reuse, a boundary that follows from the content: same seed, same bytes;
- auth: never generated; trials of our own send bad keys.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import hypothesis
import schemathesis
from attrs import field, frozen
from hypothesis import HealthCheck, Phase
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NotSet
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as stock

from eigen_contract.compose import FORM, JSON, Upload, compose, query
from eigen_contract.errors import CannotJudgeError
from eigen_contract.examples import upload
from eigen_contract.exchange import Exchange, Finding, Request
from eigen_contract.media import known_kind
from eigen_contract.overlay import overlay
from eigen_contract.shapes import items, members
from eigen_contract.spec import Body, Contract, Operation
from eigen_contract.wire import is_binary

Case = Any
"""A case of Schemathesis, whose own types are unknown in part."""
Operated = Any
"""An operation of Schemathesis."""
STOCK_CHECKS = (
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
"""Schemathesis's checks that look at a response alone; the others send again, or are the oracle's."""
HEALTH_CHECKS: tuple[Any, ...] = tuple(HealthCheck)
"""Hypothesis's complaints about slow or choosy strategies; the strategies are not ours."""
AS_DRAWN = 8
"""One file in so many stays the text that was drawn."""
NAMES = {"image": "drawn.png", "audio": "drawn.wav"}


@frozen
class Generated:
    """A generated case, and the request that it became."""

    case: Case = field(repr=False)
    request: Request


@frozen
class Generator:
    """Generates for one contract."""

    contract: Contract
    schema: Any = field(repr=False)

    @classmethod
    def of(cls, contract: Contract) -> "Generator":
        schema: Any = schemathesis.openapi.from_dict(overlay(contract), config=SchemathesisConfig())
        return cls(contract, schema)

    def operations(self) -> Iterator[Operated]:
        """Yield the operations of the overlay; one that Schemathesis cannot read would be our fault."""
        for result in self.schema.get_all_operations():
            if isinstance(result, Ok):
                yield result.ok()
            else:
                raise CannotJudgeError(f"an operation cannot be generated for: {result.err()}")

    def coverage(self) -> Iterator[Generated]:
        """Generate the cases of the coverage phase, each request once."""
        seen: set[str] = set()
        for operation in self.operations():
            config = self.schema.config.generation_for(operation=operation, phase="coverage")
            cases = self.schema.iter_coverage_cases(
                operation, generation_modes=config.modes, generation_config=config
            )
            yield from self._fresh(cases, seen)

    def fuzz(self, *, seed: int, cases: int) -> Iterator[Generated]:
        """Draw cases, valid and invalid ones alike, shared out over operations by what they do."""
        seen: set[str] = set()
        operations = list(self.operations())
        shares = [self._share(operation) for operation in operations]
        for operation, share in zip(operations, shares, strict=True):
            drawn = self._draw(operation, seed=seed, cases=max(1, cases * share // sum(shares)))
            yield from self._fresh(drawn, seen)

    def _share(self, operation: Operated) -> int:
        """Weigh an operation by the jobs that it does: there is more to go wrong."""
        declared = self.contract.operation(operation.method, operation.path)
        bodies = declared.bodies.values() if declared else ()
        return 1 + 4 * sum(len(body.variants) for body in bodies)

    def _draw(self, operation: Operated, *, seed: int, cases: int) -> list[Case]:
        drawn: list[Case] = []
        modes = self.schema.config.generation_for(operation=operation, phase="fuzzing").modes
        for mode in modes:
            strategy = operation.as_strategy(generation_mode=mode)
            settings = hypothesis.settings(
                max_examples=max(1, cases // len(modes)),
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=HEALTH_CHECKS,
            )

            @hypothesis.seed(seed)
            @settings
            @hypothesis.given(case=strategy)
            def keep(case: Case) -> None:
                drawn.append(case)

            keep()
        return drawn

    def _fresh(self, cases: Iterator[Case] | list[Case], seen: set[str]) -> Iterator[Generated]:
        """Yield cases whose request was not seen yet."""
        for case in cases:
            request = self.request_of(case)
            digest = hashlib.sha256(
                repr((request.method, request.target, request.headers)).encode() + request.body
            )
            if digest.hexdigest() not in seen:
                seen.add(digest.hexdigest())
                yield Generated(case, request)

    def request_of(self, case: Case) -> Request:
        """Compose the request of a case; a probe of the content type keeps the type that it names."""
        operation = self.contract.operation(case.method, case.path)
        if operation is None or isinstance(case.body, NotSet) or case.media_type is None:
            carrier = Operation("", case.method, case.path, "", {}, {}, {}, ())
            request = query(carrier, {name: str(value) for name, value in case.query.items()})
        else:
            request = self._with_body(case, operation, operation.bodies[case.media_type])
        probed: str | None = case.headers.get("Content-Type")
        if probed is None or probed == case.media_type:
            return request
        return Request(request.method, request.target, (("content-type", probed),), request.body)

    def _with_body(self, case: Case, operation: Operation, body: Body) -> Request:
        value = case.body
        if body.media_type == FORM and isinstance(value, dict):
            filled = {name: self._filled(body, name, item) for name, item in members(value).items()}
            return compose(operation, FORM, filled)
        if isinstance(value, bytes):
            return Request(operation.method, operation.path, (("content-type", body.media_type),), value)
        return compose(operation, JSON, value)

    def _filled(self, body: Body, name: str, item: Any) -> Any:
        """Put real media in the place of a text that was drawn for a file."""
        schemas = [self.contract.follow(schema)[0] for schema in body.declared.get(name, ())]
        if isinstance(item, str) and any(is_binary(schema) for schema in schemas):
            return medium(name, item)
        listed = items(item)
        if listed and any(is_binary(schema.get("items", {})) for schema in schemas):
            return [medium(name, single) if isinstance(single, str) else single for single in listed]
        return item


def medium(name: str, drawn: str) -> Upload:
    """Make the file for a field; now and then one that is no media at all."""
    data = drawn.encode("utf-8", "replace")
    if hashlib.sha256(data).digest()[0] % AS_DRAWN == 0:
        return Upload("drawn.bin", "application/octet-stream", data)
    return upload(NAMES[known_kind(name) or "image"])


def stock_findings(generated: Generated, exchange: Exchange) -> list[Finding]:
    """Run Schemathesis's own checks over an exchange."""
    sent = httpx.Request(exchange.request.method, f"http://judged.invalid{exchange.request.target}")
    response = httpx.Response(
        exchange.response.status,
        headers=list(exchange.response.headers),
        content=exchange.response.body,
        request=sent,
    )
    response.elapsed = timedelta()
    # It takes an event for the whole body of the media type; `checks.events` reads streams.
    left_out = "response_schema_conformance" if exchange.response.media_type == "text/event-stream" else ""
    checks = [getattr(stock, name) for name in STOCK_CHECKS if name != left_out]
    try:
        generated.case.validate_response(response, checks=checks)
    except FailureGroup as group:
        return [stock_finding(failure, exchange) for failure in group.exceptions]
    return []


def stock_finding(failure: Failure, exchange: Exchange) -> Finding:
    message = " ".join(f"{failure.title}: {failure.message}".split())
    return Finding(f"schemathesis.{failure.code}", message[:300], "#/paths", exchange)
