"""A request that is ready to be sent, but for the key."""

from collections.abc import Mapping
from typing import NamedTuple

from .payload import Payload
from .plan import Operation
from .timeouts import Timeout


class Request(NamedTuple):
    """A request as the transport takes it; `fields` are the arguments it was made from."""

    operation: Operation
    url: str
    headers: tuple[tuple[str, str], ...]
    payload: Payload | None
    timeout: Timeout
    fields: Mapping[str, object]

    @property
    def title(self) -> str:
        """What errors and logs call it: method and path, without values."""
        return f"{self.operation.method} {self.operation.path}"
