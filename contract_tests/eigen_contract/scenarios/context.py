"""Where scenarios stand: the contract, a way to send, and every exchange so far judged by the checks."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from eigen_contract.checks import CheckContext, run_checks
from eigen_contract.compose import compose, query
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Finding, Request, Response
from eigen_contract.known_answers import KnownAnswers
from eigen_contract.models import Models
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Body, Operation

FORM = "multipart/form-data"
JSON = "application/json"


@frozen
class ScenarioContext:
    """Sends for a scenario. Whatever is sent is judged by the checks too, and stands in `findings`."""

    oracle: Oracle
    deliver: Callable[[Request], Response]
    label: str = "scenario"
    see: Callable[[CheckContext], object] = lambda _: None
    """Is shown every exchange."""
    models: Models = field(factory=Models)
    job_patience: float = 60.0
    """Seconds after which a video that is not made is given up."""
    answers: KnownAnswers = field(factory=KnownAnswers)
    """Answers of the run that need not be asked for once more."""
    exchanges: list[Exchange] = field(factory=list[Exchange])
    reused: list[Exchange] = field(factory=list[Exchange])
    """Exchanges that were known from before."""
    findings: list[Finding] = field(factory=list[Finding])

    def send(self, request: Request) -> Exchange:
        """Send a request as it stands."""
        return self.keep(self.glance(request))

    def glance(self, request: Request) -> Exchange:
        """Send a request whose answer is judged, but not counted: how often one has to look is chance."""
        exchange = Exchange(request, self.deliver(request), self.label)
        self.findings.extend(run_checks(CheckContext(self.oracle, exchange)))
        return exchange

    def keep(self, exchange: Exchange) -> Exchange:
        """Count an exchange."""
        self.exchanges.append(exchange)
        self.see(CheckContext(self.oracle, exchange))
        return exchange

    def ask(self, media_type: str, **members: Any) -> Exchange:
        """Send members to the endpoint itself; a file is an `Upload`."""
        return self.send(self.compose(media_type, members))

    def ask_once(self, media_type: str, **members: Any) -> Exchange:
        """Return the first answer that this run had to a request; send it if there is none yet."""
        return self.send_once(self.compose(media_type, members))

    def send_once(self, request: Request) -> Exchange:
        """Return the first answer that this run had to a request; send it if there is none yet."""
        known = self.answers.get(request)
        if known is not None:
            self.reused.append(known)
            return known
        exchange = self.send(request)
        self.answers.keep(exchange)
        return exchange

    def compose(
        self, media_type: str, members: Mapping[str, Any], operation: Operation | None = None
    ) -> Request:
        """Compose a request that asks for the model of its job; to the endpoint itself if none is named."""
        value = self.models.applied(members, self.oracle.models)
        return compose(operation or self.endpoint, media_type, value)

    def fetch(self, operation_id: str, parameters: Mapping[str, str]) -> Exchange:
        return self.send(query(self.operation(operation_id), parameters))

    @property
    def endpoint(self) -> Operation:
        return self.operation("generate")

    def operation(self, operation_id: str) -> Operation:
        """Return an operation by its id.

        Raises:
            CannotJudgeError: the spec has none.
        """
        for operation in self.oracle.contract.operations:
            if operation.id == operation_id:
                return operation
        raise CannotJudgeError(f"the spec has no operation {operation_id!r}")

    def body(self, media_type: str) -> Body:
        return self.endpoint.bodies[media_type]

    def media(self, exchange: Exchange) -> tuple[bytes, ...]:
        """Return the media that an answer carries, decoded from base64 where it is JSON."""
        return tuple(data for _, data in CheckContext(self.oracle, exchange).media)

    def finding(self, check: str, message: str, pointer: str, exchange: Exchange | None = None) -> Finding:
        return Finding(check, message, pointer, exchange)
