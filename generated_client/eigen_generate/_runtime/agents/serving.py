"""The server of the tools, over stdio or streamable HTTP."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from socket import socket
from typing import Any

import anyio
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    ToolAnnotations,
)
from mcp_types import Tool as OfferedTool

from ..command_line.commands import Program, load
from .calling import Context, call_tool
from .folders import Folders
from .tool import Tools

_INSTRUCTIONS = (
    "Calls may cost the user money. Each result is a file as well; its path is in the result. "
    "When a result says that its outcome is unknown, the call may have been carried out and billed: "
    "tell the user, and do not repeat it by yourself."
)


def serve_stdio(program: Program, folders: Folders, client_options: dict[str, Any]) -> None:
    """Serve one host over stdin and stdout until it closes them."""
    anyio.run(_serve_stdio, program, folders, client_options)


async def _serve_stdio(program: Program, folders: Folders, client_options: dict[str, Any]) -> None:
    async with _open_server(program, folders, client_options) as server, stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def serve_http(
    program: Program, folders: Folders, client_options: dict[str, Any], host: str, listener: socket
) -> None:
    """Serve any number of hosts over streamable HTTP at `/mcp` until this process is stopped."""
    anyio.run(_serve_http, program, folders, client_options, host, listener)


async def _serve_http(
    program: Program, folders: Folders, client_options: dict[str, Any], host: str, listener: socket
) -> None:
    async with _open_server(program, folders, client_options) as server:
        # On loopback the package refuses requests of web pages, whose Host or Origin is another.
        app = server.streamable_http_app(host=host)
        config = uvicorn.Config(app, log_level="warning", lifespan="on")
        http_server = _AnnouncingServer(config, program.name)
        await http_server.serve(sockets=[listener])


class _AnnouncingServer(uvicorn.Server):
    """Says where it is when it can be reached; signals are the console script's."""

    def __init__(self, config: uvicorn.Config, name: str) -> None:
        super().__init__(config)
        self._name = name

    async def startup(self, sockets: Any = None) -> None:
        """Open the port, and print the URL to stderr."""
        await super().startup(sockets)
        for server in self.servers:
            for listener in server.sockets:
                host, port = listener.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                print(f"{self._name} mcp ready at http://{shown}:{port}/mcp", file=sys.stderr, flush=True)


@asynccontextmanager
async def _open_server(
    program: Program, folders: Folders, client_options: dict[str, Any]
) -> AsyncGenerator[Server[Any]]:
    """Yield the server of a program's tools; all calls share one client."""
    tools: Tools = load(program.tools)
    async with load(program.async_client)(**client_options) as client:

        async def list_tools(
            _context: Context, _parameters: PaginatedRequestParams | None
        ) -> ListToolsResult:
            return ListToolsResult(tools=_offer(tools))

        async def call(context: Context, parameters: CallToolRequestParams) -> CallToolResult:
            arguments = parameters.arguments or {}
            return await call_tool(client, tools, folders, context, parameters.name, arguments)

        yield Server(
            program.name,
            version=program.version,
            title=program.summary,
            instructions=_INSTRUCTIONS,
            on_list_tools=list_tools,
            on_call_tool=call,
        )


def _offer(tools: Tools) -> list[OfferedTool]:
    """Return the tools as hosts are offered them."""
    # It costs, and so does the same call again; nothing that is there is changed.
    hints = partial(ToolAnnotations, destructive_hint=False, open_world_hint=True)
    return [
        OfferedTool(
            name=name,
            description=tool.description,
            input_schema=dict(tool.schema),
            annotations=hints(idempotent_hint=False, read_only_hint=False),
        )
        for name, tool in tools.items()
    ]
