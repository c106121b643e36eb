"""What a run is asked to do, and what comes of it."""

from datetime import datetime

from attrs import define, field, frozen

from eigen_contract.errors import StoppedError
from eigen_contract.exchange import Finding, Origin
from eigen_contract.models import Models
from eigen_contract.planning import PlannedStep, Selection
from eigen_contract.survey import Survey


@frozen
class Plan:
    """What to send, and how to weigh it. Same seed, same requests."""

    seed: int = 1
    cases: int = 2000
    phases: frozenset[str] | None = None
    """Names of the phases to run; all that the target is capable of if None."""
    names: frozenset[str] | None = None
    """Names of the steps to run; all if None."""
    models: Models = field(factory=Models)
    origin: Origin | None = None
    """Who answers, if the caller says so."""
    job_patience: float = 60.0
    """Seconds after which a video that is not made is given up."""

    require_complete: bool = False
    """Whether an example that a tape lacks is a finding."""
    max_age: float | None = None
    """Days after which an exchange on a tape is too old; no exchange is if None."""

    @property
    def selection(self) -> Selection:
        return Selection(self.phases, self.names)


@define
class PhaseResult:
    """What one phase did, or a part of it."""

    phase: str
    exchanges: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(factory=list[Finding])
    remembered: int = 0
    """How many answers were known, byte for byte, from an earlier run that found them right."""


@frozen
class Judgement:
    """A whole run: against whom, by which spec, and what came of it."""

    target: str
    spec_sha256: str
    seed: int
    notes: tuple[str, ...]
    phase_results: tuple[PhaseResult, ...]
    origin: Origin
    survey: Survey = field(repr=False)
    stopped: StoppedError | None = None
    """Why the run ended before its end, if it did."""
    base_url: str = ""
    """Where the target answers, without a key; empty if it is asked in this process."""
    started: datetime | None = None
    budget: int | None = None
    """The most requests that could be sent; None where there is no limit."""
    not_judged: tuple[PlannedStep, ...] = ()
    """Steps, or parts of them, that were asked for and not sent."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for phase_result in self.phase_results for finding in phase_result.findings)

    @property
    def exchanges(self) -> int:
        return sum(phase_result.exchanges for phase_result in self.phase_results)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was asked for was judged."""
        return self.stopped is None and not self.not_judged
