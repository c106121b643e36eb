"""A request that is ready to be sent, but for the key."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from .guard import Guard
from .payload import Payload
from .plan import Operation
from .timeouts import Timeout

if TYPE_CHECKING:
    from .one_shot import Spools


class Request(NamedTuple):
    """A request as the transport takes it; `fields` are the arguments it was made from.

    `guard` limits the answer; `on_upload` hears of the body's bytes as they go; `spools` hold what may be
    sent again, until the exchange is over. `retry_unknown` of None is the client's own.
    """

    operation: Operation
    url: str
    headers: tuple[tuple[str, str], ...]
    payload: Payload | None
    timeout: Timeout
    fields: Mapping[str, object]
    guard: Guard = Guard()
    on_upload: Callable[[int, int | None], object] | None = None
    retry_unknown: bool | None = None
    spools: "Spools | None" = None

    @property
    def title(self) -> str:
        """What errors and logs call it: method and path, without values."""
        return f"{self.operation.method} {self.operation.path}"
