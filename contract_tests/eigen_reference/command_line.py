"""The command line: read it, listen, and serve until stopped."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from starlette.types import ASGIApp

from . import bodies
from .app import check_key, create_app
from .bodies import BodyLimits
from .contract import ContractError
from .control import Control
from .engines.cache import MOST_BYTES as MOST_CACHED_BYTES
from .engines.cache import OutputCache
from .engines.engines import Engines
from .engines.job_database import DatabaseError, JobDatabase
from .engines.jobs import JobStore
from .faults import FAULTS
from .faulty import FaultyApp
from .http_protocol import Timeouts
from .requested_faults import WORDS
from .serving import bind, server_of
from .surroundings import AccessLog, is_loopback, with_cors


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit with status 2."""
        self.exit(fail(f"{message}; see --help"))


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = OneLineParser(
        prog="python -m eigen_reference",
        description="Serve the reference server: the endpoint of the contract, over small local engines. "
        "Open its URL in a browser for a page that sends requests.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=port, default=8080, help="0 picks a free one (default: %(default)s)")
    parser.add_argument(
        "--api-key", type=key, default="test-key", help="the key to take (default: %(default)s)"
    )
    parser.add_argument(
        "--spec", type=Path, metavar="PATH", help="contract to keep (default: the project's own)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder that keeps video jobs when the server ends"
    )
    parser.add_argument(
        "--fault", choices=["list", *FAULTS], metavar="KIND", help="plant a fault; `list` names all"
    )
    parser.add_argument(
        "--allow-faults",
        action="store_true",
        help="let requests ask for faults (X-Eigen-Fault), keep a journal, and serve /_reference/",
    )
    parser.add_argument(
        "--cors",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let pages of this origin read answers, such as http://localhost:3000; may be given again",
    )
    parser.add_argument(
        "--access-log", action="store_true", help="write a line of JSON for each request to standard error"
    )
    add_limits(parser)
    return parser


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the options that limit what a request, a connection and the server itself may take."""
    sizes: list[tuple[str, int, str]] = [
        ("--max-body-bytes", bodies.MOST_BYTES, "of one request body, then 413"),
        ("--cache-bytes", MOST_CACHED_BYTES, "of outputs that are kept for the same request"),
    ]
    times: list[tuple[str, float, str]] = [
        ("--head-timeout", 15, "for a request's line and headers, then 408"),
        ("--body-timeout", 30, "between two parts of a body, then 408; four times that for a whole one"),
        ("--idle-timeout", 5, "that a connection is kept without a request"),
        ("--write-timeout", 30, "for a client to take more of its answer"),
        ("--grace", 5, "that requests have to end when the server is stopped"),
    ]
    for name, most, meaning in sizes:
        shown = f"{meaning} (default: %(default)s)"
        parser.add_argument(name, type=size, default=most, metavar="BYTES", help=shown)
    for name, longest, meaning in times:
        shown = f"{meaning} (default: %(default)s)"
        parser.add_argument(name, type=seconds, default=longest, metavar="SECONDS", help=shown)


def port(text: str) -> int:
    """Read a port number."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to 65535")
    return int(text)


def size(text: str) -> int:
    """Read a number of bytes."""
    if not text.isdecimal() or len(text) > 15:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; give a number of bytes")
    return int(text)


def seconds(text: str) -> float:
    """Read a time."""
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; give a number of seconds, such as 2.5")
    return value


def key(text: str) -> str:
    """Read a key."""
    try:
        check_key(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def build(options: argparse.Namespace) -> ASGIApp:
    """Return the app that the command line asks for. Raises ContractError, DatabaseError."""
    limits = BodyLimits(
        options.max_body_bytes, seconds=4 * options.body_timeout, idle_seconds=options.body_timeout
    )
    control = Control() if options.allow_faults else None
    jobs = JobStore(database=JobDatabase(options.data)) if options.data else None
    engines = Engines(cache=OutputCache(options.cache_bytes), jobs=jobs)
    app = create_app(options.spec, options.api_key, engines=engines, body_limits=limits, control=control)
    if options.fault:
        app = FaultyApp(app, FAULTS[options.fault], options.api_key, most_bytes=options.max_body_bytes)
    if options.cors:
        app = with_cors(app, options.cors)
    return AccessLog(app) if options.access_log else app


def main() -> int:
    """Run the command line. Return its exit status: 2 if the server cannot start."""
    options = arguments().parse_args()
    if options.fault == "list":
        print("\n".join(f"{name:24} {fault.summary}" for name, fault in FAULTS.items()))
        print("\n".join(f"{word:24} {meaning} (X-Eigen-Fault alone)" for word, meaning in WORDS.items()))
        return 0
    try:
        app = build(options)
        listener = bind(options.host, options.port)
    except DatabaseError as error:
        return fail(f"the jobs cannot be kept: {error}")
    except ContractError as error:
        return fail(f"the contract cannot be used: {error}")
    except OSError as error:
        return fail(f"cannot listen on {options.host} port {options.port}: {error.strerror}; try --port 0")
    if not is_loopback(options.host):
        warn(f"other machines can reach {options.host}; its key is not secret, and it has no TLS")
    timeouts = Timeouts(head=options.head_timeout, write=options.write_timeout)
    server_of(app, timeouts, idle=options.idle_timeout, grace=options.grace).run(sockets=[listener])
    return 0


def warn(message: str) -> None:
    """Print what may not be meant."""
    print(f"eigen_reference: warning: {message}", file=sys.stderr)


def fail(message: str) -> int:
    """Print why the server cannot start."""
    print(f"eigen_reference: {message}", file=sys.stderr)
    return 2
