from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from .core_async import AsyncCore


class AsyncResource:
    __slots__ = ("_core", "_methods")

    _of: ClassVar[Callable[[Any], object]]

    def __init_subclass__(cls, *, of: Callable[[Any], object]) -> None:
        cls._of = of
        for name, method in vars(cls).items():
            twin = getattr(of, name, None)
            if twin is not None and not name.startswith("_"):
                method.__wrapped__, method.__doc__ = twin, twin.__doc__

    def __init__(self, core: "AsyncCore") -> None:
        self._core = core
        self._methods = type(self)._of(core)

    async def _call(self, method: str, arguments: Mapping[str, Any]) -> Any:
        return await getattr(self._methods, method)(**arguments)
