# Built by `python -m generator build` from names.yaml: edits are lost.
"""A client library for accessing Names \"\"\" + exit(1) + \"\"\"

The client is `OddNames`, or `AsyncOddNames` under asyncio. Names are imported when they are used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._runtime.byte_streams import AsyncByteStream, ByteStream
    from ._runtime.options import Attempt, ClientOptions, Hooks, Limits, Options, Timeout
    from ._runtime.prepared import PreparedRequest
    from ._runtime.results import Meta
    from ._runtime.stream_decoding import Chunk
    from .client import AsyncOddNames, OddNames
    from .errors import *
    from .results import Thing
    from .types import UNSET, FileInput, Unset

__version__ = "0.0.1"

# All others are results, or errors.
_MODULES: dict[str, str] = {
    "OddNames": ".client",
    "AsyncOddNames": ".client",
    "AsyncByteStream": "._runtime.byte_streams",
    "Attempt": "._runtime.options",
    "ByteStream": "._runtime.byte_streams",
    "Chunk": "._runtime.stream_decoding",
    "ClientOptions": "._runtime.options",
    "Hooks": "._runtime.options",
    "Limits": "._runtime.options",
    "Meta": "._runtime.results",
    "Options": "._runtime.options",
    "PreparedRequest": "._runtime.prepared",
    "Timeout": "._runtime.options",
    "FileInput": ".types",
    "UNSET": ".types",
    "Unset": ".types",
}

__all__ = [  # noqa: RUF022
    "OddNames",
    "AsyncOddNames",
    "OddNamesError",
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
    "Thing",
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

    module = _MODULES.get(name) or (".errors" if name.endswith("Error") else ".results")
    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
