from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from .guard import Guard
from .payload import Payload
from .plan import Operation
from .timeouts import Timeout

if TYPE_CHECKING:
    from .one_shot import Spools


class Request(NamedTuple):
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
        return f"{self.operation.method} {self.operation.path}"
