"""The command `mcp`: offers the methods of the client as tools for agents."""

import contextlib
import socket
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Group, Parameter

from ..command_line.commands import Program
from ..command_line.local_server import run_local_server
from ..command_line.messages import UsageError
from ..command_line.options import FLAG, ThisProgram
from .folders import Folders

_FILES = Group("Files", sort_key=1)
_TRANSPORT = Group("Transport", sort_key=2)
_CONNECTION = Group("Connection", sort_key=3)
_LOOPBACK, _PORT, _LARGEST_PORT = "127.0.0.1", 8765, 65535


def mcp(
    *,
    folder: Annotated[
        Path,
        Parameter(group=_FILES, metavar="DIR", help="Where results are saved. No file is ever replaced."),
    ],
    read: Annotated[
        list[Path] | None,
        Parameter(
            group=_FILES,
            metavar="DIR...",
            consume_multiple=True,
            negative=(),
            help="Folders whose files may be sent, besides --folder. No other file can be read.",
        ),
    ] = None,
    http: Annotated[
        bool,
        FLAG,
        Parameter(
            group=_TRANSPORT,
            help="Serve streamable HTTP at /mcp in place of stdio; --host and --port do so too.",
        ),
    ] = False,
    host: Annotated[
        str | None,
        Parameter(
            group=_TRANSPORT,
            metavar="HOST",
            help="Where to listen, loopback by default. Whoever reaches it can spend your credits: "
            "nothing asks for a password.",
        ),
    ] = None,
    port: Annotated[
        int | None,
        Parameter(group=_TRANSPORT, metavar="PORT", help="0 picks a free one. Default: 8765."),
    ] = None,
    base_url: Annotated[str | None, Parameter(group=_CONNECTION, metavar="URL", help="The server.")] = None,
    local: Annotated[
        bool, FLAG, Parameter(group=_CONNECTION, help="Start the reference server, which needs no key.")
    ] = False,
    program: ThisProgram,
) -> None:
    """Offer the commands as tools for agents, over the Model Context Protocol."""
    if find_spec("mcp") is None:
        raise UsageError(f"mcp needs more packages: pip install '{program.name}[mcp]'")
    try:
        folders = Folders.open(folder, read or ())
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from error
    with contextlib.ExitStack() as stack:
        listener = None
        if http or host is not None or port is not None:
            listener = stack.enter_context(
                _listen(program, host or _LOOPBACK, _PORT if port is None else port)
            )
        options: dict[str, Any] = {"base_url": base_url}
        if local:
            options = {"base_url": stack.enter_context(run_local_server(program)), "api_key": "test-key"}
        # Not at the top: the package is an extra, and takes a second to import.
        from .serving import serve_http, serve_stdio  # noqa: PLC0415

        if listener is None:
            serve_stdio(program, folders, options)
        else:
            serve_http(program, folders, options, host or _LOOPBACK, listener)


def _listen(program: Program, host: str, port: int) -> socket.socket:
    """Return a socket that listens; warn if others than this machine can reach it. Raises UsageError."""
    if not _is_loopback(host):
        print(
            f"{program.name} mcp: warning: whoever reaches {host} can spend your credits: "
            "nothing asks for a password",
            file=sys.stderr,
            flush=True,
        )
    if not 0 <= port <= _LARGEST_PORT:
        raise UsageError(f"--port: {port} is not a port, which are 0 to {_LARGEST_PORT}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"{host} port {port} cannot be opened: {error.strerror}") from error


def _is_loopback(host: str) -> bool:
    """Say whether only this machine reaches a host; raises UsageError for a name, which may lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        raise UsageError(f"--host: {host!r} is not an IP address") from None
