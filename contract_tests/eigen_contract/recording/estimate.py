"""What a recording would send, and about what that may cost."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from eigen_contract.oracle import Oracle
from eigen_contract.recording.credits import credits_of
from eigen_contract.recording.following import job_of
from eigen_contract.recording.selection import Task
from eigen_contract.recording.steps import Step
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Document
from eigen_contract.tape import Tape, TapeEntry

REFUSALS = "refusals"
FOLLOWING = 2
"""The fewest requests after a job was given: its status once, and what it made."""


@frozen
class Line:
    """One exchange that would be sent."""

    label: str
    job: str
    reason: str
    requests: int
    """The fewest: how often one has to ask for the status of a job is chance."""
    is_least: bool
    credits: float | None
    """What it cost when it was recorded last; None where no answer says so."""


@frozen
class Estimate:
    """Everything that would be sent."""

    lines: tuple[Line, ...]
    budget: int | None

    @property
    def requests(self) -> int:
        return sum(line.requests for line in self.lines)

    def by_job(self) -> dict[str, list[Line]]:
        """Group the lines by their jobs, in the order of the contract."""
        grouped: dict[str, list[Line]] = {}
        for line in self.lines:
            grouped.setdefault(line.job, []).append(line)
        return grouped

    def as_json(self) -> dict[str, Any]:
        """Return the estimate as a JSON document."""
        return {
            "requests": self.requests,
            "at_least": any(line.is_least for line in self.lines),
            "credits": known_credits(self.lines),
            "without_known_credits": sum(line.credits is None for line in self.lines),
            "budget": self.budget,
            "exchanges": [
                {
                    "label": line.label,
                    "job": line.job,
                    "reason": line.reason,
                    "requests": line.requests,
                    "credits": line.credits,
                }
                for line in self.lines
            ],
        }

    def as_text(self) -> str:
        """Write the estimate for a terminal."""
        if not self.lines:
            return "nothing would be sent: the tape has what was asked for"
        lines = [f"  {line.label} ({line.reason}): {requests_of([line])}" for line in self.lines]
        lines += ["by job:"]
        lines += [
            f"  {job}: {requests_of(group)}{credits_text(group)}" for job, group in self.by_job().items()
        ]
        lines += [f"would send {requests_of(self.lines)}{credits_text(self.lines)}"]
        if self.budget is not None and self.requests > self.budget:
            lines += [f"the budget of {self.budget} ends before that; --missing goes on from there"]
        return "\n".join(lines)


def known_credits(lines: Sequence[Line]) -> float:
    return sum(line.credits for line in lines if line.credits is not None)


def requests_of(lines: Sequence[Line]) -> str:
    count = sum(line.requests for line in lines)
    least = "at least " if any(line.is_least for line in lines) else ""
    return f"{least}{count} request{'s' if count > 1 else ''}"


def credits_text(lines: Sequence[Line]) -> str:
    """Return what lines cost when they were last recorded, and how many have no known cost."""
    unknown = sum(line.credits is None for line in lines)
    if unknown == len(lines):
        return ", cost unknown"
    rest = f", and {unknown} of unknown cost" if unknown else ""
    return f", about {known_credits(lines):g} credits{rest}"


def estimate(oracle: Oracle, tape: Tape, wanted: Sequence[Task], budget: int | None) -> Estimate:
    """Estimate a recording by what the tape holds of the same requests, and by what the contract says."""
    return Estimate(tuple(line_of(oracle, tape, task) for task in wanted), budget)


def line_of(oracle: Oracle, tape: Tape, task: Task) -> Line:
    contract, step = oracle.contract, task.step
    methods = methods_of(oracle, step)
    known = task.entry or tape.entry(step.label)
    is_job = job_of(contract, known) is not None if known is not None else gives_job(contract, methods)
    is_job = is_job and not step.is_refusal
    requests = FOLLOWING if task.follows_only else 1 + FOLLOWING * is_job
    job = " or ".join(f"{method.get('resource')}.{method.get('method')}" for method in methods)
    return Line(
        step.label,
        REFUSALS if step.is_refusal else job or step.request.path,
        task.reason,
        requests,
        is_least=is_job,
        credits=cost(task.entry) if task.entry is not None and not task.follows_only else None,
    )


def methods_of(oracle: Oracle, step: Step) -> list[Document]:
    """Return the methods of the SDK that send such a request."""
    operation = oracle.contract.operation(step.request.method, step.request.path)
    variants = {variant.name for variant in oracle.judge(step.request).variants}
    methods = operation.methods if operation is not None else ()
    return [method for method in methods if not variants or variants & set(method.get("variants", variants))]


def gives_job(contract: Contract, methods: Sequence[Document]) -> bool:
    """Say whether the contract has some of these methods answered with a job."""
    waits = items(members(contract.document.get("x-sdk")).get("waits", []))
    jobs = {members(wait).get("job") for wait in waits}
    return any(jobs & set(method.get("results", ())) for method in methods)


def cost(entry: TapeEntry) -> float | None:
    """Return what an exchange cost when it was recorded."""
    if entry.credits is not None:
        return entry.credits
    return credits_of(entry.exchange.response, None)
