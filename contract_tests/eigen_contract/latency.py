"""How long answers took, by operation and by kind of answer."""

import math
from collections.abc import Iterator

from attrs import define, field, frozen

from eigen_contract.exchange import Response

PERCENTILE = 0.95


@frozen
class Latency:
    """The times of one kind of answer, in seconds from the request to the last byte."""

    operation: str
    """The id of the operation; empty for requests of no operation."""
    status: int
    media_type: str
    count: int
    median: float
    p95: float
    longest: float


@define
class Latencies:
    """Collects the times of answers; eight bytes for each, and never a body."""

    times: dict[tuple[str, int, str], list[float]] = field(factory=dict[tuple[str, int, str], list[float]])

    def note(self, operation: str, response: Response) -> None:
        """Note one answer; one from a tape has no time."""
        if response.last_byte is not None:
            key = (operation, response.status, response.media_type)
            self.times.setdefault(key, []).append(response.last_byte)

    def add(self, other: "Latencies") -> None:
        """Add what another run noted."""
        for key, times in other.times.items():
            self.times.setdefault(key, []).extend(times)

    def summary(self) -> Iterator[Latency]:
        """Yield a row for each kind of answer, ordered by operation, status and media type."""
        for (operation, status, media_type), times in sorted(self.times.items()):
            ordered = sorted(times)
            median, p95 = (percentile(ordered, share) for share in (0.5, PERCENTILE))
            yield Latency(operation, status, media_type, len(ordered), median, p95, ordered[-1])


def percentile(ordered: list[float], share: float) -> float:
    """Return the value below or at which a share of an ordered list lies (nearest-rank method)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
