"""Generates requests with Schemathesis, from the overlay; the judge's own encoder writes their bytes.

Schemathesis decides what to send: its coverage phase walks every field and keyword, its fuzzing draws valid
and invalid bodies. Mended here (each was seen to report a correct server, or to miss a wrong one):

- files: real media stand in for drawn texts, under a filename; one in eight stays as drawn;
- bytes: `compose` writes the body, so a filename is never lost and every media type can be written;
- acceptance: its checks on refused and accepted data are replaced by `oracle`, which reads the bytes as sent;
- seeds: no example database, no reuse, no constants of loaded modules (`backend`), a boundary that follows
  from the content: same seed, same bytes;
- auth: never generated; scenarios of our own send bad keys.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

import hypothesis
import requests
import schemathesis
from attrs import field, frozen
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NotSet
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as stock

from eigen_contract import backend
from eigen_contract.compose import FORM, JSON, Upload, compose, query
from eigen_contract.corpus import Kept
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
RUN = 11
"""Cases of one run of Hypothesis. The first is the simplest and so always the same; after ten more it would
begin to vary what it has drawn, which gives many requests that are the same or nearly so."""
REFUSED = 16
"""One request in so many is drawn to be refused: the coverage phase and the walk send hardly anything else,
and one such request takes as long to draw as seven valid ones."""
AS_DRAWN = 8
"""One file in so many stays the text that was drawn."""
NAMES = {"image": "drawn.png", "audio": "drawn.wav"}


@frozen
class Generator:
    """Generates for one contract."""

    contract: Contract
    schema: Any = field(repr=False)
    _cases: dict[tuple[int, str], Case] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, contract: Contract) -> "Generator":
        schema: Any = schemathesis.openapi.from_dict(overlay(contract), config=SchemathesisConfig())
        return cls(contract, schema)

    @cached_property
    def operations(self) -> tuple[Operated, ...]:
        """The operations of the overlay; one that Schemathesis cannot read would be our fault."""
        found: list[Operated] = []
        for result in self.schema.get_all_operations():
            if not isinstance(result, Ok):
                raise CannotJudgeError(f"an operation cannot be generated for: {result.err()}")
            found.append(result.ok())
        return tuple(found)

    def coverage(self) -> Iterator[Kept]:
        """Generate the cases of the coverage phase, each request once."""
        seen: set[bytes] = set()
        for number, operation in enumerate(self.operations):
            config = self.schema.config.generation_for(operation=operation, phase="coverage")
            cases = self.schema.iter_coverage_cases(
                operation, generation_modes=config.modes, generation_config=config
            )
            for case in cases:
                yield from self._fresh(case, number, seen)

    def fuzz(self, *, seed: int, cases: int) -> Iterator[Kept]:
        """Draw as many requests, valid and invalid ones, shared out over operations by what they do."""
        seen: set[bytes] = set()
        shares = [self._share(operation) for operation in self.operations]
        for number, share in enumerate(shares):
            wanted = max(1, cases * share // sum(shares))
            refused = wanted // REFUSED
            yield from self._drawn(number, GenerationMode.POSITIVE, seed, wanted - refused, seen)
            yield from self._drawn(number, GenerationMode.NEGATIVE, seed, refused, seen)

    def _share(self, operation: Operated) -> int:
        """Weigh an operation by the jobs that it does: there is more to go wrong."""
        declared = self.contract.operation(operation.method, operation.path)
        bodies = declared.bodies.values() if declared else ()
        return 1 + 4 * sum(len(body.variants) for body in bodies)

    def _drawn(
        self, number: int, mode: GenerationMode, seed: int, wanted: int, seen: set[bytes]
    ) -> Iterator[Kept]:
        """Draw requests that were not seen yet, in runs that are each a function of seed and number alone."""
        found = 0
        for turn in range(2 * wanted // RUN + 2):
            if found >= wanted:
                return
            for case in self._run(number, mode, f"{seed} {number} {mode} {turn}"):
                for kept in self._fresh(case, number, seen):
                    found += 1
                    yield kept
                if found >= wanted:
                    return

    def _run(self, number: int, mode: GenerationMode, name: str) -> list[Case]:
        drawn: list[Case] = []
        settings = hypothesis.settings(
            max_examples=RUN,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=HEALTH_CHECKS,
            backend=backend.NAME,
        )

        @hypothesis.seed(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
        @settings
        @hypothesis.given(case=self.operations[number].as_strategy(generation_mode=mode))
        def keep(case: Case) -> None:
            drawn.append(case)

        with suppress(Unsatisfiable):
            keep()
        return drawn

    def _fresh(self, case: Case, number: int, seen: set[bytes]) -> Iterator[Kept]:
        """Yield a case whose request was not seen yet."""
        request = self.request_of(case)
        head = repr((request.method, request.target, request.headers)).encode()
        digest = hashlib.sha256(head + request.body).digest()
        if digest not in seen:
            seen.add(digest)
            yield Kept(request, number, case.method)

    def stock_findings(self, kept: Kept, exchange: Exchange) -> list[Finding]:
        """Run Schemathesis's own checks over an answer; they know no method that no operation has."""
        operation = self.operations[kept.operation]
        if kept.method.upper() != operation.method.upper():
            return []
        # They look at the answer alone, so one case does for all of an operation.
        case = self._cases.get((kept.operation, kept.method))
        if case is None:
            case = self._cases[kept.operation, kept.method] = operation.Case(method=kept.method)
        return stock_findings(case, exchange)

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


def stock_findings(case: Case, exchange: Exchange) -> list[Finding]:
    """Run Schemathesis's own checks over an exchange, of which `case` knows the operation."""
    answered = exchange.response
    response = schemathesis.Response(
        status_code=answered.status,
        headers={name: [value] for name, value in answered.headers},
        content=answered.body,
        request=anything(),
        elapsed=0.0,
        verify=False,
    )
    checks = [getattr(stock, name) for name in STOCK_CHECKS]
    try:
        case.validate_response(response, checks=checks)
    except FailureGroup as group:
        return [stock_finding(failure, exchange) for failure in group.exceptions]
    return []


@cache
def anything() -> requests.PreparedRequest:
    """Make the request that Schemathesis wants beside a response; its checks do not look at it."""
    return requests.Request("GET", "http://judged.invalid").prepare()


def stock_finding(failure: Failure, exchange: Exchange) -> Finding:
    message = " ".join(f"{failure.title}: {failure.message}".split())
    return Finding(f"schemathesis.{failure.code}", message[:300], "#/paths", exchange)
