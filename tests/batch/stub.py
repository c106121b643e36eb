"""A client over a transport that answers at once, and rows for it."""

import asyncio
import json
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from eigen_generate import AsyncEigenGenerate

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
# By name, because it has no types.
ARROW: Any = import_module("pyarrow.parquet")
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(64)
Answer = Callable[[dict[str, Any]], "httpx.Response | Exception"]


def always(answer: httpx.Response) -> Answer:
    return lambda _: httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)


def picture(content: bytes = PNG, **headers: str) -> httpx.Response:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, content=content, headers={"content-type": "image/png", **headers})


def refusal(status: int, **headers: str) -> httpx.Response:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json={"error": {"message": f"no {status}"}}, headers=headers)


class Endpoint:
    """Answers requests by their fields, and keeps the prompts in the order in which they came."""

    def __init__(self, answer: Answer = lambda _: picture(), *, seconds: float = 0.0) -> None:
        self.prompts: list[str] = []
        self.paths: list[str] = []
        self.running = self.most_running = 0
        self.answer = answer
        self.seconds = seconds
        self.gate: asyncio.Event | None = None

    async def handle(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        fields: dict[str, Any] = json.loads(body) if body.startswith(b"{") else {}
        fields["path"], fields["query"] = request.url.path, dict(request.url.params)
        self.paths.append(request.url.path)
        self.prompts.append(str(fields.get("prompt", "")))
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        try:
            if self.gate is not None:
                await self.gate.wait()
            await asyncio.sleep(self.seconds)
            answer = self.answer(fields)
        finally:
            self.running -= 1
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self) -> AsyncEigenGenerate:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(self.handle))
        return AsyncEigenGenerate(api_key="test-key", base_url="http://127.0.0.1:9", http_client=http_client)


def draw(prompt: str, **more: Any) -> dict[str, Any]:
    return {"job": "images.generate", "model": "eigen-image", "prompt": prompt, **more}


def drawings(count: int) -> list[dict[str, Any]]:
    return [draw(f"cat {number}", id=f"cat-{number}") for number in range(1, count + 1)]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def index_of(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def read_parquet(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ARROW.read_table(path).to_pylist()
    return rows
