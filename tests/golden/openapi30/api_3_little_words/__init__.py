# By `python -m generator build`.
"""A client library for accessing 3 little words

The client is `Api3LittleWords`, or `AsyncApi3LittleWords` under asyncio. Names are imported when they are used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
	from ._runtime.byte_streams import AsyncByteStream, ByteStream
	from ._runtime.options import Attempt, ClientOptions, Hooks, Limits, Options, Timeout
	from ._runtime.prepared import PreparedRequest
	from ._runtime.results import Meta
	from ._runtime.stream_decoding import Chunk
	from .client import Api3LittleWords, AsyncApi3LittleWords
	from .errors import *
	from .types import UNSET, FileInput, Unset

__version__ = "0.1.0"

# All others are results, or errors.
_MODULES = {
	".client": ("Api3LittleWords", "AsyncApi3LittleWords"),
	".types": ("FileInput", "UNSET", "Unset"),
	"._runtime.byte_streams": ("AsyncByteStream", "ByteStream"),
	"._runtime.options": ("Attempt", "ClientOptions", "Hooks", "Limits", "Options", "Timeout"),
	"._runtime.prepared": ("PreparedRequest",),
	"._runtime.results": ("Meta",),
	"._runtime.stream_decoding": ("Chunk",),
}

__all__ = [
	"Api3LittleWords",
	"AsyncApi3LittleWords",
	"Api3LittleWordsError",
	"ConfigurationError",
	"ArgumentError",
	"NotSentError",
	"OutcomeUnknownError",
	"StatusError",
	"BadRequestError",
	"AuthenticationError",
	"PaymentRequiredError",
	"PermissionDeniedError",
	"NotFoundError",
	"MethodNotAllowedError",
	"PayloadTooLargeError",
	"UnsupportedMediaTypeError",
	"UnprocessableEntityError",
	"RateLimitError",
	"ServiceUnavailableError",
	"UnknownStatusError",
	"ServerError",
	"ResponseTooLargeError",
	"UnexpectedResponseError",
	"StreamInterruptedError",
	"StreamFailedError",
	"SaveError",
	"JobFailedError",
	"JobTimeoutError",
	"AsyncByteStream",
	"Attempt",
	"ByteStream",
	"Chunk",
	"ClientOptions",
	"Hooks",
	"Limits",
	"Meta",
	"Options",
	"PreparedRequest",
	"Timeout",
	"FileInput",
	"UNSET",
	"Unset",
]


def __getattr__(name: str) -> object:
	if name not in __all__:
		raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
	from importlib import import_module

	otherwise = ".errors" if name.endswith("Error") else ".results"
	module = next((place for place, names in _MODULES.items() if name in names), otherwise)
	value: object = getattr(import_module(module, __name__), name)
	globals()[name] = value
	return value


def __dir__() -> list[str]:
	return [*__all__, "__version__"]
