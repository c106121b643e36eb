# By `python -m generator build`.
"""The client: configuration, resources, and one transport behind them."""

from copy import copy
from functools import cached_property

from ._runtime.unset import UNSET
from ._settings import SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
	from typing import Any, Self, Unpack

	import httpx

	from ._runtime.options import ClientOptions, Options, Seconds


class _Client:
	core: "Any"

	def with_options(self, **options: "Unpack[Options]") -> "Self":
		"""A copy with other options that shares the connections; this client stays as it is."""
		other = copy(self)
		for name in tuple(vars(other)):
			if isinstance(getattr(type(self), name, None), cached_property):
				del vars(other)[name]
		other.core = self.core.with_options(**options)
		return other

	def __repr__(self) -> str:
		return f"{type(self).__name__}(base_url={getattr(vars(self).get('core'), 'base_url', None)!r})"


class OrdersAPI(_Client):
	"""Calls Orders API.

	Args:
	    api_key: The key; the environment variable `` if left out.
	    base_url: The server; the environment variable `ORDERS_API_BASE_URL` if left out, then
	        https://orders.example.com.
	    timeout: Seconds to wait, or a Timeout; each method's own default if left out; None waits for ever.
	    max_retries: How often to repeat what was certainly not done.
	    http_client: A client of your own to send with. It is never closed here.
	    options: See `ClientOptions` and `MoreOptions`.

	Raises:
	    ConfigurationError: There is no key, or the base URL cannot be used.
	"""

	def __init__(
		self,
		*,
		api_key: str | None = None,
		base_url: str | None = None,
		timeout: "Seconds" = UNSET,
		max_retries: int = 2,
		http_client: "httpx.Client | None" = None,
		**options: "Unpack[ClientOptions]",
	) -> None:
		from ._runtime.core import Core

		try:
			self.core: Core = Core(
				SETTINGS,
				api_key=api_key,
				base_url=base_url,
				timeout=timeout,
				max_retries=max_retries,
				http_client=http_client,
				**options,
			)
		except BaseException as error:
			# Tracebacks with locals must not show the key.
			del api_key, base_url, options
			error.__context__ = None
			raise error.with_traceback(None)

	def close(self) -> None:
		"""Close the connections, unless they belong to an `http_client` of yours."""
		self.core.close()

	def __enter__(self) -> "Self":
		return self

	def __exit__(self, *_: object) -> None:
		self.close()


class AsyncOrdersAPI(_Client):
	"""Calls Orders API under asyncio, with the same arguments as `OrdersAPI`."""

	def __init__(
		self,
		*,
		api_key: str | None = None,
		base_url: str | None = None,
		timeout: "Seconds" = UNSET,
		max_retries: int = 2,
		http_client: "httpx.AsyncClient | None" = None,
		**options: "Unpack[ClientOptions]",
	) -> None:
		from ._runtime.core_async import AsyncCore

		try:
			self.core: AsyncCore = AsyncCore(
				SETTINGS,
				api_key=api_key,
				base_url=base_url,
				timeout=timeout,
				max_retries=max_retries,
				http_client=http_client,
				**options,
			)
		except BaseException as error:
			del api_key, base_url, options
			error.__context__ = None
			raise error.with_traceback(None)

	async def close(self) -> None:
		"""Close the connections, unless they belong to an `http_client` of yours."""
		await self.core.close()

	async def __aenter__(self) -> "Self":
		return self

	async def __aexit__(self, *_: object) -> None:
		await self.close()
