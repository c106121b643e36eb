"""The methods as tools for agents: with the official client, against the reference server."""

import asyncio
import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp_types import AudioContent, CallToolResult, ImageContent, ResourceLink, TextContent

from eigen_generate._commands._tools import TOOLS
from eigen_generate._runtime.agents.folders import Folders
from eigen_generate._runtime.errors import ArgumentError
from eigen_generate._runtime.response.saving import StrPath
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, serve

JOBS = {"image", "edit", "transcribe", "speak", "video"}
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 120
Steps = Callable[[Client], Awaitable[Any]]


@pytest.fixture
def run(run: Script) -> Script:
    """The script, beside a folder of results, one that may be read, and a file that may not."""
    (run.folder / "in").mkdir()
    (run.folder / "secret.txt").write_text("not for agents")
    return run


def arguments(run: Script) -> list[str]:
    return [
        "-m",
        "eigen_generate",
        "mcp",
        "--folder",
        str(run.folder / "out"),
        "--read",
        str(run.folder / "in"),
    ]


def over_stdio(run: Script, steps: Steps) -> Any:
    """Take the steps with a server that the client starts."""

    async def main() -> Any:
        server = StdioServerParameters(command=sys.executable, args=arguments(run), env=run.environment)
        async with Client(server) as client:
            return await steps(client)

    return asyncio.run(asyncio.wait_for(main(), PATIENCE))


def over_http(run: Script, steps: Steps) -> Any:
    """Take the steps with a server that runs on loopback."""
    command = [sys.executable, *arguments(run), "--http", "--port", "0"]
    with subprocess.Popen(command, env=run.environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            url = process.stderr.readline().rpartition(" ")[2].strip()
            assert url.startswith("http://127.0.0.1:")

            async def main() -> Any:
                async with Client(url) as client:
                    return await steps(client)

            return asyncio.run(asyncio.wait_for(main(), PATIENCE))
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def only(result: CallToolResult, kind: type[Any]) -> Any:
    """Return the one content of a kind."""
    (content,) = [content for content in result.content if isinstance(content, kind)]
    return content


@pytest.mark.parametrize("transport", [over_stdio, pytest.param(over_http, marks=pytest.mark.deep)])
def test_all_jobs_are_tools(run: Script, transport: Callable[[Script, Steps], Any]) -> None:
    reported: list[str] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        assert (progress, total) == (len(reported) + 1, None)
        reported.append(message or "")

    async def steps(client: Client) -> list[CallToolResult]:
        offered = {tool.name for tool in (await client.list_tools()).tools}
        assert offered >= JOBS
        image = await client.call_tool("image", {"model": "eigen-image", "prompt": "a cat"})
        path = Path(only(image, ResourceLink).uri.removeprefix("file://"))
        edited = await client.call_tool(
            "edit", {"model": "qwen-image-edit-2511", "prompt": "blue", "image_file": path.name}
        )
        spoken = await client.call_tool("speak", {"model": "higgs2p5", "text": "the quick brown fox"})
        heard = await client.call_tool("transcribe", {"model": "whisper", "file": "speak.wav"})
        video = await client.call_tool(
            "video",
            {"model": "wan2p2-i2v-14b-turbo", "prompt": "turn", "image": str(path)},
            progress_callback=note,
        )
        again = await client.call_tool("image", {"model": "eigen-image", "prompt": "a dog"})
        return [image, edited, spoken, heard, video, again]

    results: list[CallToolResult] = transport(run, steps)
    assert [result.is_error for result in results] == [False] * 6, results
    image, edited, spoken, heard, video, again = results
    out = run.folder / "out"
    assert b64decode(only(image, ImageContent).data) == (out / "image.png").read_bytes()
    assert only(edited, ImageContent).mime_type == "image/png"
    assert only(spoken, AudioContent).mime_type == "audio/wav"
    assert "quick" in only(heard, TextContent).text
    assert video.structured_content["path"] == str(out / "video.mp4")
    assert reported
    assert reported[-1].endswith(": completed")
    # Nothing is replaced.
    assert again.structured_content["path"] == str(out / "image-2.png")
    assert {path.name for path in out.iterdir()} == {
        "image.png", "image-2.png", "edit.png", "speak.wav", "video.mp4"
    }  # fmt: skip


def test_schemas_are_those_of_the_contract() -> None:
    schemas = {name: dict(tool.schema) for name, tool in TOOLS.items()}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert "$ref" not in json.dumps(schema)
    image = schemas["image"]
    assert image["required"] == ["model", "prompt"]
    width = image["properties"]["width"]
    assert (width["type"], width["minimum"], width["maximum"]) == ("integer", 512, 2048)
    with pytest.raises(jsonschema.ValidationError, match="3 is less than the minimum of 512"):
        jsonschema.validate({"model": "m", "prompt": "p", "width": 3}, image)
    # Its answer would be a stream.
    assert "stream" not in schemas["speak"]["properties"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("transcribe", {"model": "m", "file": "../secret.txt"}, "there is no file '../secret.txt'"),
    ("image", {"model": "m"}, "missing: prompt"),
    ("image", {"model": "m", "prompt": "x", "retry_unknown": True}, "unknown argument: retry_unknown"),
    ("paint", {}, "no tool 'paint'"),
]


@pytest.mark.deep
def test_what_cannot_be_called_is_said_and_not_sent(run: Script) -> None:
    async def steps(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments, _ in REFUSED]

    with serve() as server:
        run.environment["EIGENAI_BASE_URL"] = server.url
        results: list[CallToolResult] = over_stdio(run, steps)
    for result, (_, _, message) in zip(results, REFUSED, strict=True):
        assert result.is_error
        assert message in only(result, TextContent).text
    assert server.connections == []


def test_an_unknown_outcome_is_said_and_never_repeated(run: Script) -> None:
    def hang_up(peer: Peer) -> None:
        peer.read()

    async def steps(client: Client) -> CallToolResult:
        return await client.call_tool("image", {"model": "m", "prompt": "x"})

    with serve(hang_up, hang_up) as server:
        run.environment["EIGENAI_BASE_URL"] = server.url
        result: CallToolResult = over_stdio(run, steps)
    assert result.is_error
    assert result.structured_content["outcome"] == "unknown"
    text = only(result, TextContent).text
    assert "may have been carried out and billed" in text
    assert text.endswith("Do not repeat the call by yourself: ask the user first.")
    assert len(server.received) == 1


def test_files_outside_the_folders_are_not_found(tmp_path: Path) -> None:
    for name in ("out", "in", "in/deep"):
        (tmp_path / name).mkdir()
    for name in ("secret", "in/a", "in/deep/b", "inside"):
        (tmp_path / name).write_text("x")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in" / "circle")
    (tmp_path / "in" / "fine").symlink_to(tmp_path / "in" / "a")
    folders = Folders.open(tmp_path / "out", [tmp_path / "in"])
    for path in ("a", "deep/b", "fine", str(tmp_path / "in" / "a")):
        assert folders.find_file("file", path).read_text() == "x"
    for path in (
        "../secret",
        str(tmp_path / "secret"),
        "link",
        "deep/../../secret",
        "../inside",
        "",
        ".",
        "none",
        "circle",
        "a\0",
        "x" * 5000,
    ):
        with pytest.raises(ArgumentError, match="there is no file"):
            folders.find_file("file", path)


def test_a_result_is_saved_in_a_folder_that_was_removed(tmp_path: Path) -> None:
    folders = Folders.open(tmp_path / "out", [])
    (tmp_path / "out").rmdir()

    def save_to(path: StrPath) -> Path:
        target = Path(path).with_suffix(".png")
        target.write_bytes(b"x")
        return target

    assert folders.save(save_to, "image") == tmp_path / "out" / "image.png"
