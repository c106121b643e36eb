"""The command `mcp`: offers the methods of the client as tools for agents."""

import contextlib
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Group, Parameter

from ..command_line.local_server import run_local_server
from ..command_line.messages import UsageError
from ..command_line.options import FLAG, ThisProgram
from .folders import Folders

_FILES = Group("Files", sort_key=1)
_TRANSPORT = Group("Transport", sort_key=2)
_CONNECTION = Group("Connection", sort_key=3)


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
        bool, FLAG, Parameter(group=_TRANSPORT, help="Serve streamable HTTP at /mcp in place of stdio.")
    ] = False,
    host: Annotated[
        str,
        Parameter(
            group=_TRANSPORT,
            metavar="HOST",
            help="Where to listen. Whoever reaches it can spend your credits: nothing asks for a password.",
        ),
    ] = "127.0.0.1",
    port: Annotated[int, Parameter(group=_TRANSPORT, metavar="PORT", help="0 picks a free one.")] = 8765,
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
        options: dict[str, Any] = {"base_url": base_url}
        if local:
            options = {"base_url": stack.enter_context(run_local_server(program)), "api_key": "test-key"}
        # Not at the top: the package is an extra, and takes a second to import.
        from .serving import serve_http, serve_stdio  # noqa: PLC0415

        if http:
            _check_host(host)
            serve_http(program, folders, options, host, port)
        else:
            serve_stdio(program, folders, options)


def _check_host(host: str) -> None:
    """Raise UsageError for a host that is no address; names may lead anywhere."""
    if host == "localhost":
        return
    try:
        ip_address(host)
    except ValueError:
        raise UsageError(f"--host: {host!r} is not an IP address") from None
