"""What a tape holds: one exchange, and where it comes from."""

from datetime import UTC, datetime

from attrs import field, frozen

from eigen_contract.exchange import Exchange, Origin

KEPT_HEADERS = (
    "content-type",
    "retry-after",
    "allow",
    "www-authenticate",
    "x-credits-remaining",
    "x-reference-engine",
)
"""Response headers that a tape keeps; everything else may name a machine or a person."""


def utc_seconds(moment: datetime) -> datetime:
    """Return a moment in UTC without its fraction of a second, as a manifest writes it."""
    return moment.astimezone(UTC).replace(microsecond=0)


@frozen
class Provenance:
    """Who answered an exchange, when, under which contract, and what recorded it."""

    origin: Origin
    recorded: datetime = field(converter=utc_seconds)
    spec_sha256: str
    tools: tuple[str, ...] = ()
    """Names with versions, as in `eigen-contract/0.1.0`; empty where they were not recorded."""


@frozen
class TapeEntry:
    """One exchange on a tape."""

    exchange: Exchange
    provenance: Provenance
    credits: float | None = None
    """What the exchange cost, where the answers said so."""

    @property
    def label(self) -> str:
        return self.exchange.label
