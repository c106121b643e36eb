import contextlib
from collections.abc import AsyncGenerator, Generator
from typing import Protocol, Self

from .faults import Fault


class Source(Protocol):
    def chunks(self) -> Generator[bytes, None, None]:
        ...

    def close(self) -> None:
        ...


class AsyncSource(Protocol):
    def chunks(self) -> AsyncGenerator[bytes, None]:
        ...

    async def aclose(self) -> None:
        ...


class Incoming:
    """What streams for threads have in common."""

    _over: bool

    def __init__(self, source: Source) -> None:
        self._over = False
        self._source = source
        self._incoming = source.chunks()

    def _take(self) -> bytes | Fault | None:
        try:
            return next(self._incoming, None)
        except Fault as fault:
            return fault
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection, unless all has come."""
        self._over = True
        with contextlib.suppress(ValueError):
            self._incoming.close()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncIncoming:
    """What streams for asyncio have in common."""

    _over: bool

    def __init__(self, source: AsyncSource) -> None:
        self._over = False
        self._source = source
        self._incoming = source.chunks()

    async def _take(self) -> bytes | Fault | None:
        try:
            return await anext(self._incoming, None)
        except Fault as fault:
            return fault
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close the connection, unless all has come."""
        self._over = True
        with contextlib.suppress(RuntimeError):
            await self._incoming.aclose()
        await self._source.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
