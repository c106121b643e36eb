# The commented source is generator/runtime/request.py
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .guard import Guard
from .one_shot import Spools
from .payload import Payload
from .plan import Operation
from .timeouts import Timeout


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
    spools: Spools | None = None

    @property
    def title(self) -> str:
        return f"{self.operation.method} {self.operation.path}"
