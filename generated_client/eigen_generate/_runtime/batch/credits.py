"""What a row cost, as the headers of its answer say it."""

from collections.abc import Iterable

from ..meta import Meta

# Words of headers about what is left, in place of what the call cost.
_LEFT = ("remain", "left", "balance")
_NOT_A_COST = (*_LEFT, "limit", "reset")


class CreditReader:
    """Reads the cost of each answer, from its own header or from how much less is left than before."""

    def __init__(self) -> None:
        self._left: float | None = None

    def cost(self, meta: Meta) -> float | None:
        """Return what an answer cost; None if it does not say anything about credits."""
        headers = getattr(meta, "credits", {})
        cost = _number(
            value for name, value in headers.items() if not any(word in name for word in _NOT_A_COST)
        )
        left = _number(value for name, value in headers.items() if any(word in name for word in _LEFT))
        if cost is not None:
            return cost
        if left is None:
            return None
        before, self._left = self._left, left
        # Answers overtake each other, and an account may be filled up meanwhile.
        return max(0.0, before - left) if before is not None else 0.0


def _number(values: Iterable[str]) -> float | None:
    for value in values:
        try:
            return float(value)
        except ValueError:
            continue
    return None
