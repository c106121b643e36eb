"""`python -m eigen_reference`: serve the reference server on loopback until it is stopped."""

import argparse
import socket
import sys
from pathlib import Path
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

from . import bodies
from .app import create_app
from .contract import ContractError
from .faults import FAULTS
from .faulty import FaultyApp


class AnnouncingServer(uvicorn.Server):
    """A server that says when it accepts connections, and where."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the one line that scripts wait for."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"eigen_reference ready at http://{shown}:{port}", flush=True)


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit with status 2."""
        self.exit(fail(f"{message}; see --help"))


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = OneLineParser(
        prog="python -m eigen_reference",
        description="Serve the reference server: the endpoint of the contract, over small local engines.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=port, default=8080, help="0 picks a free one (default: %(default)s)")
    parser.add_argument("--api-key", default="test-key", help="the key to take (default: %(default)s)")
    parser.add_argument(
        "--spec", type=Path, metavar="PATH", help="contract to keep (default: the project's own)"
    )
    parser.add_argument("--max-body-bytes", type=int, default=bodies.MOST_BYTES, help="default: %(default)s")
    parser.add_argument(
        "--fault", choices=["list", *FAULTS], metavar="KIND", help="plant a fault; `list` names all"
    )
    return parser


def port(text: str) -> int:
    """Read a port number."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 to 65535")
    return int(text)


def bind(host: str, number: int) -> socket.socket:
    """Return a socket that listens, so that a port that is taken is found before anything else starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, number), family=family, backlog=2048)
    # Connections inherit it. asyncio sets it on sockets of its own alone; without it the body of every answer
    # waits 40 ms for the acknowledgement of its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def build(options: argparse.Namespace) -> ASGIApp:
    """Return the app that the command line asks for. Raises ContractError."""
    app = create_app(options.spec, options.api_key, most_bytes=options.max_body_bytes)
    return FaultyApp(app, FAULTS[options.fault], options.api_key) if options.fault else app


def main() -> int:
    """Run the command line. Return its exit status: 2 if the server cannot start."""
    options = arguments().parse_args()
    if options.fault == "list":
        print("\n".join(f"{name:24} {fault.summary}" for name, fault in FAULTS.items()))
        return 0
    try:
        app = build(options)
        listener = bind(options.host, options.port)
    except ContractError as error:
        return fail(f"the contract cannot be used: {error}")
    except OSError as error:
        return fail(f"cannot listen on {options.host} port {options.port}: {error.strerror}; try --port 0")
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", server_header=False)
    AnnouncingServer(config).run(sockets=[listener])
    return 0


def fail(message: str) -> int:
    """Print why the server cannot start."""
    print(f"eigen_reference: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
