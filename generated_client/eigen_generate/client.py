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
	from .prepare import Prepare
	from .resources.audio import AsyncAudioResource, AudioResource
	from .resources.images import AsyncImagesResource, ImagesResource
	from .resources.videos import AsyncVideosResource, VideosResource
	from .streaming import AsyncStreaming, Streaming


class _Client:
	core: "Any"

	@cached_property
	def prepare(self) -> "Prepare":
		"""The same methods, which make their requests and do not send them."""
		from .prepare import Prepare

		return Prepare(self.core)

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


class EigenGenerate(_Client):
	"""Calls Eigen AI Generate.

	Args:
	    api_key: The key; the environment variable `EIGENAI_API_KEY` if left out.
	    base_url: The server; the environment variable `EIGENAI_BASE_URL` if left out, then
	        https://app.eigenai.com.
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

	@cached_property
	def images(self) -> "ImagesResource":
		"""Draw pictures and edit them."""
		from .resources.images import ImagesResource

		return ImagesResource(self.core)

	@cached_property
	def audio(self) -> "AudioResource":
		"""Turn speech into text and text into speech."""
		from .resources.audio import AudioResource

		return AudioResource(self.core)

	@cached_property
	def videos(self) -> "VideosResource":
		"""Make short films and wait for them."""
		from .resources.videos import VideosResource

		return VideosResource(self.core)

	@cached_property
	def streaming(self) -> "Streaming":
		"""The same methods, whose answers are bytes that are still coming."""
		from .streaming import Streaming

		return Streaming(self.core)

	def close(self) -> None:
		"""Close the connections, unless they belong to an `http_client` of yours."""
		self.core.close()

	def __enter__(self) -> "Self":
		return self

	def __exit__(self, *_: object) -> None:
		self.close()


class AsyncEigenGenerate(_Client):
	"""Calls Eigen AI Generate under asyncio, with the same arguments as `EigenGenerate`."""

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

	@cached_property
	def images(self) -> "AsyncImagesResource":
		"""Draw pictures and edit them."""
		from .resources.images import AsyncImagesResource

		return AsyncImagesResource(self.core)

	@cached_property
	def audio(self) -> "AsyncAudioResource":
		"""Turn speech into text and text into speech."""
		from .resources.audio import AsyncAudioResource

		return AsyncAudioResource(self.core)

	@cached_property
	def videos(self) -> "AsyncVideosResource":
		"""Make short films and wait for them."""
		from .resources.videos import AsyncVideosResource

		return AsyncVideosResource(self.core)

	@cached_property
	def streaming(self) -> "AsyncStreaming":
		"""The same methods, whose answers are bytes that are still coming."""
		from .streaming import AsyncStreaming

		return AsyncStreaming(self.core)

	async def close(self) -> None:
		"""Close the connections, unless they belong to an `http_client` of yours."""
		await self.core.close()

	async def __aenter__(self) -> "Self":
		return self

	async def __aexit__(self, *_: object) -> None:
		await self.close()
