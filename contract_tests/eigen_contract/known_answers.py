"""Remembers answers of a run, so that a scenario need not pay for a request that was sent before."""

from attrs import define, field

from eigen_contract.exchange import Exchange, Request

LIMIT = 128 * 2**20
"""Bytes of bodies that are remembered; what is more is sent again."""


@define
class KnownAnswers:
    """The first answer to each request that was kept, within a limit of memory."""

    limit: int = LIMIT
    _exchanges: dict[Request, Exchange] = field(factory=dict[Request, Exchange], repr=False)

    def keep(self, exchange: Exchange) -> None:
        """Remember an answer, if it is the first to its request and there is room for it."""
        size = len(exchange.request.body) + len(exchange.response.body)
        if exchange.request not in self._exchanges and size <= self.limit:
            self.limit -= size
            self._exchanges[exchange.request] = exchange

    def get(self, request: Request) -> Exchange | None:
        """Return the first answer to a request, if it was kept."""
        return self._exchanges.get(request)
