"""One call of a tool: files, the request, its job, and what is said of it."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

import anyio
from mcp.server.context import ServerRequestContext
from mcp_types import CallToolResult, TextContent

from ..errors import ArgumentError, JobFailedError, SDKError
from ..response.json_pointer import first_value
from ..response.results import Job, Record, Result
from .folders import Folders
from .results import describe_failure, describe_result
from .tool import Tool, Tools

Context = ServerRequestContext[Any, Any]


async def call_tool(
    client: Any, tools: Tools, folders: Folders, context: Context, name: str, arguments: Mapping[str, Any]
) -> CallToolResult:
    """Call a tool by its name; what goes wrong is a result as well, which says what became of the request."""
    tool = tools.get(name)
    if tool is None:
        known = ", ".join(tools)
        return CallToolResult(
            content=[TextContent(text=f"no tool {name!r}: there are {known}")], is_error=True
        )
    try:
        _check_names(tool, arguments)
        return await _call(client, tool, folders, context, name, folders.find_files(arguments, tool.files))
    except SDKError as error:
        return describe_failure(error)


def _check_names(tool: Tool, arguments: Mapping[str, Any]) -> None:
    """Raise ArgumentError for arguments that the tool does not have, or that it lacks."""
    unknown = arguments.keys() - tool.schema["properties"].keys()
    if unknown:
        raise ArgumentError(f"unknown argument: {', '.join(sorted(unknown))}; nothing was sent")
    missing = [name for name in tool.schema.get("required", ()) if arguments.get(name) is None]
    if missing:
        raise ArgumentError(f"missing: {', '.join(missing)}; nothing was sent")


async def _call(
    client: Any, tool: Tool, folders: Folders, context: Context, name: str, arguments: Mapping[str, Any]
) -> CallToolResult:
    method = attrgetter(tool.path)(client)
    if tool.waits:
        return await _wait(method, str(arguments["job"]), tool, folders, context, name, arguments)
    result: Result = await method(**arguments)
    if isinstance(result, Job) and tool.wait:
        return await _wait(attrgetter(tool.wait)(client), result, tool, folders, context, name, {})
    return describe_result(result, name, folders)


async def _wait(
    wait: Any,
    job: Job | str,
    tool: Tool,
    folders: Folders,
    context: Context,
    name: str,
    arguments: Mapping[str, Any],
) -> CallToolResult:
    """Wait for a job and report each answer about its state; an error says how to go on with the job."""
    job_id = job if isinstance(job, str) else job.id
    further = {key: value for key, value in arguments.items() if key != "job"}
    failures: list[SDKError] = []
    result: Result | None = None
    try:
        async with anyio.create_task_group() as tasks:
            count = 0

            def report(status: Record) -> None:
                nonlocal count
                count += 1
                state = first_value(dict(status.data), (tool.job_state,))
                tasks.start_soon(context.session.report_progress, count, None, f"{job_id}: {state}")

            result = await wait(job, on_progress=report, **further)
    except* SDKError as group:
        failures = list(_list_errors(group))
    if result is not None:
        return describe_result(result, name, folders)
    ended = isinstance(failures[0], JobFailedError | ArgumentError)
    return describe_failure(failures[0], "" if ended else f"The job {job_id} goes on at the server.")


def _list_errors(group: BaseExceptionGroup[SDKError]) -> Iterator[SDKError]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _list_errors(error)
        else:
            yield error
