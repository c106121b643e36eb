from collections.abc import Callable, Mapping
from types import FunctionType
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
                method.__wrapped__, method.__doc__ = _like(twin, method), twin.__doc__

    def __init__(self, core: "AsyncCore") -> None:
        self._core = core
        self._methods = type(self)._of(core)

    async def _call(self, method: str, arguments: Mapping[str, Any]) -> Any:
        return await getattr(self._methods, method)(**arguments)


def _like(twin: Any, method: Any) -> FunctionType:
    shown = FunctionType(twin.__code__, twin.__globals__)
    shown.__kwdefaults__ = twin.__kwdefaults__
    shown.__annotations__ = {**twin.__annotations__, "return": method.__annotations__["return"]}
    return shown
