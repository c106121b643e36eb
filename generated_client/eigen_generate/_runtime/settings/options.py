"""The options of clients and of `with_options`, with their defaults and checks."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypedDict, cast

from ..errors import ArgumentError, ConfigurationError
from ..unset import UNSET, Unset
from .certificates import Authorities, Certificate, ClientCertificate, Verify, read_certificate, read_verify
from .hooks import Hooks
from .proxies import ProxyAddress, read_proxy
from .response_limits import ResponseLimits
from .timeouts import Seconds, as_timeout

# Headers that the client sets for each request, so that no option and no `http_client` may change them.
MANAGED_HEADERS = frozenset(
    (
        *("accept", "accept-encoding", "authorization", "connection", "content-length"),
        *("content-type", "host", "transfer-encoding", "user-agent"),
    )
)

# What Linux takes: MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL and MAX_TCP_KEEPCNT of its include/net/tcp.h.
_LARGEST_KEEPALIVE_SECONDS = 32767
_LARGEST_KEEPALIVE_PROBES = 127

ConformanceMode = Literal["off", "warn", "error"]


class Limits(NamedTuple):
    """Limits of the connection pool; None is no limit.

    `keepalive_expiry` is the number of seconds after which an idle connection is closed. Servers commonly
    close one after 60 s; the client does so earlier, because a connection that closes under a request leaves
    its outcome unknown.
    """

    # Both numbers are the defaults of httpx.
    max_connections: int | None = 100
    max_keepalive_connections: int | None = 20
    keepalive_expiry: float | None = 15.0


class Keepalive(NamedTuple):
    """TCP keepalive: when the operating system probes a silent connection.

    The first probe comes after `idle` seconds of silence, the next ones every `interval` seconds. When
    `probes` of them were not answered, by default after 105 s, the connection is given up. A platform that
    lacks one of these options uses its own value.

    A generation may be silent for minutes. Firewalls, load balancers and NAT gateways forget a connection
    that is silent for some time, and its answer is lost. The shortest of their common limits is 60 s.
    """

    idle: int = 45
    interval: int = 15
    probes: int = 4


class CallDefaults(TypedDict, total=False):
    """Options of a client besides `timeout` and `max_retries`.

    Attributes:
        max_elapsed: Seconds after which no further attempt begins; 120 by default.
        retry_unknown: Repeat also requests whose outcome is unknown, which may have been carried out.
        idempotency_header: A header to send with each POST, with the same value for all its attempts, such as
            `Idempotency-Key`. Whether the server honours it is not known.
        spool: Copy streams that can be read only once to a temporary file, so that they can be sent again.
        max_response_size: Bytes beyond which a response is refused while it arrives.
        max_response_ratio: How many times larger a response may be than what was transferred; 100 by default.
            Responses under 16 MiB are never refused for their ratio.
        hooks: Functions to call for every attempt.
        conformance: Check requests and responses against the contract; needs the extra `conformance`.
    """

    max_elapsed: float
    retry_unknown: bool
    idempotency_header: str | None
    spool: bool
    max_response_size: int | None
    max_response_ratio: float | None
    hooks: Hooks
    conformance: ConformanceMode


class Options(CallDefaults, total=False):
    """All options that `with_options` can change; see CallDefaults for the others.

    Attributes:
        timeout: Seconds to wait, or a Timeout; None is no limit.
        max_retries: How many times to repeat a request that was certainly not carried out; 2 by default.
    """

    timeout: Seconds
    max_retries: int


class ClientOptions(CallDefaults, total=False):
    """Options that a client takes when it is made: those of CallDefaults, and how it connects.

    Attributes:
        proxy: The URL of a proxy; taken from the environment (HTTPS_PROXY, ALL_PROXY) by default.
        limits: Limits of the connection pool.
        http2: Offer HTTP/2; needs the extra `http2`.
        keepalive: When to probe silent connections; None is never. Connections to a proxy are not probed.
        verify: The CAs to trust instead of the public ones: the path of a PEM file, or of a directory that
            `openssl rehash` prepared, or an `ssl.SSLContext`. SSL_CERT_FILE or SSL_CERT_DIR by default.
        cert: The certificate for servers that ask for one: the path of a PEM file with the key in it,
            `(certificate, key)`, or `(certificate, key, password)`.
    """

    proxy: str
    limits: Limits
    http2: bool
    keepalive: Keepalive | None
    verify: Verify
    cert: Certificate


class CallOptions(NamedTuple):
    """Options of one call.

    `extra` holds properties that the contract does not define. `media_type` chooses one of several bodies. A
    `timeout` of UNSET and a `retry_unknown` of None mean the client's own setting.
    """

    extra: Mapping[str, object] | None = None
    timeout: Seconds = UNSET
    retry_unknown: bool | None = None
    media_type: str | None = None


class PollOptions(NamedTuple):
    """How to wait for a job.

    `timeout` limits the whole wait, and `interval` is the time between two status requests, both in seconds;
    None means the default of the method. `on_progress` is called with each status.
    """

    timeout: float | None = None
    interval: float | None = None
    on_progress: Callable[[Any], object] | None = None


class ConnectionOptions(NamedTuple):
    """How a client connects if the caller gives no `http_client`.

    A `proxy` or `verify` of None is the one that the environment names.
    """

    proxy: ProxyAddress | None = None
    limits: Limits = Limits()
    http2: bool = False
    keepalive: Keepalive | None = Keepalive()
    verify: Authorities | None = None
    cert: ClientCertificate | None = None


class CheckedOptions(NamedTuple):
    """Options that passed their checks; the defaults are those of every client."""

    timeout: Seconds = UNSET
    max_retries: int = 2
    max_elapsed: float = 120.0
    retry_unknown: bool = False
    idempotency_header: str | None = None
    spool: bool = False
    max_response_size: int | None = None
    max_response_ratio: float | None = ResponseLimits().max_ratio
    hooks: Hooks = Hooks()
    conformance: ConformanceMode = "off"

    @property
    def response_limits(self) -> ResponseLimits:
        """The limits on the size of responses."""
        return ResponseLimits(self.max_response_size, self.max_response_ratio)


def apply_options(current: CheckedOptions, options: Mapping[str, Any]) -> CheckedOptions:
    """Return `current` with `options` changed.

    Raises ArgumentError for a value that an option cannot have, and TypeError for an option that does not
    exist, as Python does for any unknown keyword argument.
    """
    for name, value in options.items():
        if name not in CheckedOptions._fields:
            raise TypeError(f"unexpected keyword argument {name!r}")
        check_option(name, value)
    changed = current._replace(**options)
    if isinstance(changed.timeout, Unset):
        return changed
    return changed._replace(timeout=as_timeout(changed.timeout))


def check_option(option: str, value: object) -> None:
    """Raise ArgumentError for a value that an option cannot have."""
    is_valid, expectation = _CHECKS[option]
    if not is_valid(value):
        raise ArgumentError(f"{option}: {value!r} is not {expectation}")


def split_options(options: ClientOptions, http_client: object) -> tuple[CallDefaults, ConnectionOptions]:
    """Separate the options of calls from those of connections.

    Raises ConfigurationError for connection options beside an `http_client`, which has its own.
    """
    connection_options: dict[str, Any] = {
        name: value for name, value in options.items() if name in ConnectionOptions._fields
    }
    if connection_options and http_client is not None:
        raise ConfigurationError(
            "proxy, limits, http2, keepalive, verify, cert: your http_client has its own settings for these",
            hint="Leave them out",
        )
    for name, read in _CONNECTION_READERS.items():
        if name in connection_options:
            connection_options[name] = read(connection_options[name])
    for name in _CHECKS.keys() & connection_options.keys():
        check_option(name, connection_options[name])
    call_options = {name: value for name, value in options.items() if name not in connection_options}
    return cast("CallDefaults", call_options), ConnectionOptions(**connection_options)


def _is_number(value: object, minimum: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= minimum


def _is_free_header(value: object) -> bool:
    """Tell whether a value is the name of a header that the client does not set itself."""
    is_token = (
        isinstance(value, str) and value.isascii() and value.replace("-", "").replace("_", "").isalnum()
    )
    return is_token and str(value).lower() not in MANAGED_HEADERS


def _are_limits(value: object) -> bool:
    if not isinstance(value, Limits):
        return False
    counts, expiry = value[:2], value.keepalive_expiry
    return all(map(_is_count_or_none, counts)) and (expiry is None or _is_number(expiry, 0))


def _is_keepalive(value: object) -> bool:
    if not isinstance(value, Keepalive):
        return False
    largest = (_LARGEST_KEEPALIVE_SECONDS, _LARGEST_KEEPALIVE_SECONDS, _LARGEST_KEEPALIVE_PROBES)
    return all(
        _is_count(number) and 1 <= number <= limit for number, limit in zip(value, largest, strict=True)
    )


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_count(value: object) -> bool:
    return _is_number(value, 0) and isinstance(value, int)


def _is_count_or_none(value: object) -> bool:
    return value is None or _is_count(value)


# Each option with its check, and in words what a valid value is. `as_timeout` checks timeouts.
_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "timeout": (lambda _: True, ""),
    "max_retries": (_is_count, "a number of retries"),
    "max_elapsed": (lambda value: _is_number(value, 0), "a number of seconds"),
    "retry_unknown": (_is_flag, "True or False"),
    "idempotency_header": (
        lambda value: value is None or _is_free_header(value),
        "the name of a header that the client does not set itself",
    ),
    "spool": (_is_flag, "True or False"),
    "max_response_size": (_is_count_or_none, "a number of bytes"),
    "max_response_ratio": (lambda value: value is None or _is_number(value, 1), "a ratio of 1 or more"),
    "hooks": (lambda value: isinstance(value, Hooks), "a Hooks(...)"),
    "conformance": (lambda value: value in ("off", "warn", "error"), "'off', 'warn' or 'error'"),
    "limits": (_are_limits, "a Limits(...) of numbers or None"),
    "http2": (_is_flag, "True or False"),
    "keepalive": (
        lambda value: value is None or _is_keepalive(value),
        "None or a Keepalive(...) of whole seconds and a number of probes",
    ),
}

# What reads each option whose value may hold a password; none of them shows it.
_CONNECTION_READERS: dict[str, Callable[[object], object]] = {
    "proxy": read_proxy,
    "verify": read_verify,
    "cert": read_certificate,
}
