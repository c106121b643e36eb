# By `python -m generator build`.
"""Everything that this client raises on purpose; catch `OrdersAPIError` for all of it."""

from ._runtime.errors import *
from ._runtime.errors import SDKError as OrdersAPIError

__all__ = [
	"OrdersAPIError",
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
]
